import { Button } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { useMe } from '../api/queries.ts';
import { useT } from '../messages/useT.ts';
import { startTour, tourKey } from './tourStore.ts';
import './tour.css';

/** Offers the tour on the first page of a new workspace, until it is taken or refused. */
export function TourOffer() {
  const t = useT();
  const { me } = useMe();
  const [said, setSaid] = useLocalStorage({ key: tourKey(me?.user.id ?? ''), defaultValue: '' });
  if (!me || said !== '') return null;
  return (
    <section className="tour-offer" aria-label={t('tour.title')}>
      <span>{t('tour.offer')}</span>
      <Button
        size="compact-sm"
        onClick={() => {
          setSaid('taken');
          startTour();
        }}
      >
        {t('tour.start')}
      </Button>
      <Button size="compact-sm" variant="subtle" onClick={() => setSaid('refused')}>
        {t('tour.refuse')}
      </Button>
    </section>
  );
}
