export { pcmToWav, type PcmFormat, readWav, wavHeader, type WavInfo } from '../../core/audio/index.js';
export { AUDIO_FORMATS, AUDIO_MIMES, audioDuration, audioMime, DEFAULT_PCM, pcmOf } from './audio-format.js';
