import { Anchor } from '@mantine/core';
import { fileIdOf } from '@rondo/shared/runs/largeValue.ts';
import { useRead } from '../api/queries.ts';
import { useT } from '../messages/useT.ts';
import { byteWords } from './byteWords.ts';

const pictures = /^image\/(png|jpeg|gif|webp|avif)$/;
const shown = /^(image\/(png|jpeg|gif|webp|avif)|text\/(?!html|xml).+|application\/(pdf|json)|audio\/.+|video\/.+)$/;

/** A file among values: its name and size, to be looked at or downloaded. */
export function FileValue({ reference }: { reference: string }) {
  const t = useT();
  const id = fileIdOf(reference) ?? '';
  const file = useRead('file', 'get', { fileId: id }, { enabled: id !== '' });
  if (file.isPending) return <span className="dim">{t('parts.loading')}</span>;
  if (!file.data) return <span className="dim">{t('parts.file.gone')}</span>;
  const { name, size, mediaType } = file.data;
  return (
    <span className="file-value">
      {pictures.test(mediaType) && <img src={`/files/${id}?preview=1`} alt={name} loading="lazy" />}
      <span>{name}</span> <span className="dim small">{byteWords(size)}</span>{' '}
      {shown.test(mediaType) && (
        <Anchor size="sm" href={`/files/${id}?preview=1`} target="_blank" rel="noreferrer">
          {t('parts.file.look')}
        </Anchor>
      )}{' '}
      <Anchor size="sm" href={`/files/${id}`} download={name}>
        {t('parts.file.download')}
      </Anchor>
    </span>
  );
}
