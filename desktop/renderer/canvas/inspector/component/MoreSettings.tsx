import { useT } from '../../../messages/useT.ts';
import type { Place } from '../../gesture.ts';
import { ComponentForm } from './ComponentForm.tsx';
import { formFields } from './fieldPlaces.ts';
import './component.css';

interface Props {
  place: Place;
  stepName: string;
  skip: readonly string[];
}

/** What else a component may say, folded away: most steps need none of it. */
export function MoreSettings({ place, stepName, skip }: Props) {
  const t = useT();
  if (formFields(place.value, skip).length === 0) return null;
  return (
    <details className="more-settings">
      <summary>{t('component.more')}</summary>
      <ComponentForm place={place} stepName={stepName} skip={skip} />
    </details>
  );
}
