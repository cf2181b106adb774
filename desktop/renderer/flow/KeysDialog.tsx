import { Modal } from '@mantine/core';
import { useT } from '../messages/useT.ts';

const keys = [
  'arrows',
  'enter',
  'next',
  'connect',
  'delete',
  'undo',
  'copy',
  'duplicate',
  'all',
  'fit',
  'zoom',
  'escape',
] as const;

/** The canvas' keys. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  return (
    <Modal opened onClose={onClose} title={<div className="dialog-title">{t('flow.keys')}</div>}>
      <dl className="key-list">
        {keys.map((key) => (
          <div key={key}>
            <dt>
              <kbd>{t(`flow.key.${key}`)}</kbd>
            </dt>
            <dd>{t(`flow.keyHelp.${key}`)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
