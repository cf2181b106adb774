import { fieldsOf } from '@rondo/shared/oas/componentTypes.ts';
import { fieldNotes, fieldWords } from '@rondo/shared/oas/fieldWords.ts';
import { useT } from '../../messages/useT.ts';

/** The fields that a component of a type may have, from the table that validation goes by; for a type of the table. */
export function TypeFields({ type }: { type: string }) {
  const t = useT();
  const fields = Object.entries(fieldsOf(type));
  if (fields.length === 0) return null;
  return (
    <details className="type-fields">
      <summary>{t('canvas.json.fields', { type })}</summary>
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{t('canvas.json.field')}</th>
            <th scope="col">{t('canvas.json.holds')}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map(([name, field]) => (
            <tr key={name}>
              <td>
                <code>{name}</code>
              </td>
              <td>{[fieldWords(field), fieldNotes(field)].filter(Boolean).join('; ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
