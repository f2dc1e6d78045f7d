import { ActionIcon, Group, SimpleGrid, Text, Tooltip } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { GeneratedImage } from '../../../client/generation';
import { Identifier } from '../../../components/identifier';
import { Tag } from '../../../components/tag';
import { useBlobAddress } from '../use-blob-address';
import classes from './image-gallery.module.css';

export function ImageGallery({
  images,
  prompt,
}: {
  readonly images: readonly GeneratedImage[];
  readonly prompt: string;
}) {
  return (
    <SimpleGrid cols={images.length > 1 ? { base: 1, xs: 2 } : 1} spacing="sm">
      {images.map((image, index) => (
        <Picture key={image.media_id ?? index} image={image} index={index} prompt={prompt} />
      ))}
    </SimpleGrid>
  );
}

interface PictureProps {
  readonly image: GeneratedImage;
  readonly index: number;
  readonly prompt: string;
}

function Picture({ image, index, prompt }: PictureProps) {
  const { t } = useTranslation();
  const address = useBlobAddress(image.b64_json, image.mime, image.url);
  const extension = image.mime.split('/')[1]?.replace('jpeg', 'jpg') ?? 'png';
  if (address === null) return null;
  return (
    <figure className={classes.figure}>
      <img
        src={address}
        alt={prompt.slice(0, 200)}
        {...(image.width && image.height ? { width: image.width, height: image.height } : {})}
        className={classes.image}
      />
      <figcaption>
        <Group justify="space-between" wrap="nowrap">
          <Text size="xs" c="dimmed" component="span">
            <Identifier value={`${image.width ?? '?'}×${image.height ?? '?'} ${extension}`} />
          </Text>
          <Group gap={4}>
            {image.media_id && <Tag tone="positive">{t('playground.saved')}</Tag>}
            <Tooltip label={t('playground.download')}>
              <ActionIcon
                component="a"
                href={address}
                download={`image-${index + 1}.${extension}`}
                aria-label={t('playground.download')}
              >
                <IconDownload size={16} />
              </ActionIcon>
            </Tooltip>
          </Group>
        </Group>
      </figcaption>
    </figure>
  );
}
