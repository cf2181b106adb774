import { Button, Modal, SegmentedControl, Stack, Text } from '@mantine/core';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { useEffect, useState } from 'react';
import { saveBlob } from '../flow/saveFile.ts';
import { useT } from '../messages/useT.ts';
import { tell } from '../parts/tell.ts';
import type { Scheme } from './drawPicture.tsx';
import { drawPng, drawSvg } from './drawPicture.tsx';
import './pictures.css';

interface Props {
  name: string;
  tree: JsonObject;
  /** the flow inside that is drawn */
  flow: string | null;
  onClose: () => void;
}

/** Saves the whole drawn flow as a picture, light or dark. */
export function PictureDialog({ name, tree, flow, onClose }: Props) {
  const t = useT();
  const [scheme, setScheme] = useState<Scheme>('light');
  const [format, setFormat] = useState<'png' | 'svg'>('png');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [preview, setPreview] = useState<string | null>(null);
  useEffect(() => {
    let url: string | null = null;
    let current = true;
    drawSvg(tree, flow, scheme, t)
      .then(({ svg }) => {
        if (!current) return;
        url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
        setPreview(url);
      })
      .catch((reason: unknown) => setError(reason instanceof Error ? reason.message : String(reason)));
    return () => {
      current = false;
      if (url) URL.revokeObjectURL(url);
    };
  }, [tree, flow, scheme, t]);
  const save = async () => {
    setBusy(true);
    setError(null);
    try {
      const blob =
        format === 'png'
          ? await drawPng(tree, flow, scheme, t)
          : new Blob([(await drawSvg(tree, flow, scheme, t)).svg], { type: 'image/svg+xml' });
      saveBlob(`${fileName(name)}.${format}`, blob);
      tell(t('pictures.saved'));
      onClose();
    } catch (reason) {
      setError(reason instanceof Error ? reason.message : String(reason));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} size={640} title={<div className="dialog-title">{t('pictures.title')}</div>}>
      <Stack gap="md">
        <div className="picture-preview" data-scheme={scheme}>
          {preview && <img src={preview} alt={t('pictures.preview', { name })} />}
        </div>
        <div className="picture-choices">
          <SegmentedControl
            aria-label={t('pictures.look')}
            value={scheme}
            onChange={(value) => setScheme(value as Scheme)}
            data={[
              { value: 'light', label: t('pictures.light') },
              { value: 'dark', label: t('pictures.dark') },
            ]}
          />
          <SegmentedControl
            aria-label={t('pictures.format')}
            value={format}
            onChange={(value) => setFormat(value as 'png' | 'svg')}
            data={[
              { value: 'png', label: t('pictures.png') },
              { value: 'svg', label: t('pictures.svg') },
            ]}
          />
        </div>
        <Text size="sm" c="dimmed">
          {t(format === 'png' ? 'pictures.pngHelp' : 'pictures.svgHelp')}
        </Text>
        {error && (
          <Text c="var(--s-bad)" size="sm" role="alert">
            {error}
          </Text>
        )}
      </Stack>
      <footer className="dialog-foot">
        <span className="flow-space" />
        <Button variant="default" onClick={onClose}>
          {t('parts.cancel')}
        </Button>
        <Button loading={busy} onClick={() => void save()}>
          {t('pictures.save')}
        </Button>
      </footer>
    </Modal>
  );
}

function fileName(name: string): string {
  return (
    name
      .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
      .replaceAll(/^-+|-+$/g, '')
      .toLowerCase() || 'flow'
  );
}
