/**
 * What the machine could do at best: a server that only answers HTTP and runs the steps, with nothing stored. A process
 * of its own, like the real one. Prints its address.
 */
import fastify from 'fastify';
import { type LightRequest, runLightSteps } from './lightPorts.ts';

const app = fastify({ bodyLimit: 1_000_000 });
app.post<{ Body: LightRequest }>('/', async ({ body }) => runLightSteps(body, async () => undefined));
console.log(await app.listen({ host: '127.0.0.1', port: 0 }));
