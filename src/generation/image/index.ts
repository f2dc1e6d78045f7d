export { type ImageFormat, type ImageWish, processImage, type ProcessedImage } from './image-processing.js';
export { type ImageSize, MAX_IMAGE_SIDE, parseSize } from './image-size.js';
