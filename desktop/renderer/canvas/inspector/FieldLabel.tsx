import { FieldHelp } from '../../parts/FieldHelp.tsx';
import type { Help } from '../../parts/help.ts';

interface Props {
  /** the id of the words, for the field that they name */
  id: string;
  label: string;
  help?: Help | undefined;
  onClick?: () => void;
}

/** The name of a field, with the help for it. */
export function FieldLabel({ id, label, help, onClick }: Props) {
  return (
    <div className="text-field-label">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: like a label, it only helps the pointer */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field itself is reached by keyboard */}
      <span id={id} onClick={onClick}>
        {label}
      </span>
      {help && <FieldHelp label={label} help={help} />}
    </div>
  );
}
