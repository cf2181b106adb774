import { useEffect } from 'react';
import { useSpoken } from '../messages/language.ts';
import { useMe, useWrite } from './queries.ts';

/** Tells the server in which language the person reads, where it knows another: e-mails are written in it. */
export function useToldLanguage(): void {
  const { locale } = useSpoken();
  const { me } = useMe();
  const { mutate } = useWrite('me', 'speak');
  const language = locale === 'pseudo' ? 'en' : locale;
  const differs = me !== undefined && (me.user.language ?? 'en') !== language;
  useEffect(() => {
    // nothing is lost where it fails: it is told when the client is opened again
    if (differs) mutate({ language });
  }, [differs, language, mutate]);
}
