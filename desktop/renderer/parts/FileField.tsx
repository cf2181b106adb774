import { Button, FileButton, Group, Input, Progress } from '@mantine/core';
import { fileIdOf } from '@rondo/shared/runs/largeValue.ts';
import { IconFile, IconUpload, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { toApiError } from '../api/errors.ts';
import { type RunningUpload, uploadFile } from '../api/files.ts';
import { useT } from '../messages/useT.ts';
import { FileValue } from './FileValue.tsx';

export interface FileFieldProps {
  id: string;
  label: string;
  description?: string | undefined;
  error?: string | undefined;
  required: boolean;
  /** `rondo:file/<id>`, or empty */
  value: string;
  /** token of the start form that the file is uploaded on */
  form?: string | undefined;
  onChange: (value: string) => void;
}

/** Takes a file: it is uploaded as soon as it is chosen, and the field holds its name for values. */
export function FileField({ id, label, description, error, required, value, form, onChange }: FileFieldProps) {
  const t = useT();
  const [progress, setProgress] = useState<{ name: string; share: number } | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const running = useRef<RunningUpload | null>(null);
  useEffect(() => () => running.current?.stop(), []);
  const take = async (file: File | null) => {
    if (!file) return;
    setFailure(null);
    setProgress({ name: file.name, share: 0 });
    const upload = uploadFile(file, { form, onProgress: (share) => setProgress({ name: file.name, share }) });
    running.current = upload;
    try {
      const kept = await upload.done;
      setChosen(kept.name);
      onChange(kept.ref);
    } catch (reason) {
      const { code, message } = toApiError(reason);
      if (code !== 'STOPPED') setFailure(message);
    } finally {
      running.current = null;
      setProgress(null);
    }
  };
  return (
    <Input.Wrapper id={id} label={label} description={description} error={error ?? failure} required={required}>
      <Group gap="xs" my={4}>
        {value !== '' &&
          (form === undefined && fileIdOf(value) ? <FileValue reference={value} /> : <span>{chosen}</span>)}
        {progress ? (
          <>
            <Progress
              value={progress.share * 100}
              w={160}
              aria-label={t('parts.file.uploading', { name: progress.name })}
            />
            <Button
              size="xs"
              variant="default"
              leftSection={<IconX size={14} />}
              onClick={() => running.current?.stop()}
            >
              {t('parts.cancel')}
            </Button>
          </>
        ) : (
          <FileButton onChange={(file) => void take(file)}>
            {(props) => (
              <Button
                {...props}
                id={id}
                size="xs"
                variant="default"
                leftSection={value === '' ? <IconUpload size={14} /> : <IconFile size={14} />}
              >
                {value === '' ? t('parts.file.choose') : t('parts.file.another')}
              </Button>
            )}
          </FileButton>
        )}
      </Group>
    </Input.Wrapper>
  );
}
