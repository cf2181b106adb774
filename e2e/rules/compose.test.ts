import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { checkout } from '../harness/server.ts';

interface Service {
  image?: string;
  command?: string[];
  environment: Record<string, string | number>;
  ports?: string[];
  volumes?: string[];
  depends_on?: Record<string, { condition: string }>;
  deploy?: { replicas: string };
  healthcheck?: { test: string[]; interval: string; retries: number };
}

const text = readFileSync(join(checkout, 'docker-compose.yml'), 'utf8');
const { services, volumes } = parse(text, { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
};

describe('docker-compose.yml', () => {
  it('has a server, workers, PostgreSQL and Redis, each with a health check', () => {
    expect(Object.keys(services).sort()).toEqual(['postgres', 'redis', 'server', 'worker']);
    for (const [name, service] of Object.entries(services)) {
      expect(service.healthcheck?.test.length, `${name}: health check`).toBeGreaterThan(1);
    }
    expect(services.server?.healthcheck?.test.join(' ')).toContain('/readyz');
  });

  it('starts the workers as workers, after the server has migrated the database', () => {
    expect(services.worker?.deploy?.replicas).toContain('RONDO_WORKERS:-2');
    expect(services.worker?.command).toEqual(['node', 'server/bin/rondo.mjs', 'worker']);
    expect(services.worker?.depends_on?.server?.condition).toBe('service_healthy');
    expect(services.worker?.ports).toBeUndefined();
    expect(services.worker?.environment).toMatchObject({
      RONDO_HOST: '0.0.0.0',
      RONDO_METRICS_PORT: 9464,
      RONDO_METRICS_TOKEN: services.server?.environment.RONDO_METRICS_TOKEN,
    });
    expect(services.worker?.healthcheck?.test).toEqual(['CMD', 'node', 'server/bin/worker-health.mjs']);
  });

  it('gives all of them the same database, queue and key', () => {
    for (const name of ['server', 'worker']) {
      const { DATABASE_URL, REDIS_URL, RONDO_SECRET_KEY, RONDO_ALLOW_PRIVATE } = services[name]?.environment ?? {};
      expect(DATABASE_URL).toContain('@postgres:5432/rondo');
      expect(REDIS_URL).toBe('redis://redis:6379');
      expect(RONDO_SECRET_KEY).toContain('RONDO_SECRET_KEY:?');
      expect(RONDO_ALLOW_PRIVATE).toMatch(/^\$\{RONDO_ALLOW_PRIVATE:-\}$/);
    }
  });

  it('holds no password, opens loopback only, and names every volume', () => {
    expect(text).not.toMatch(/PASSWORD: (?!\$\{)\S/);
    for (const service of Object.values(services)) {
      for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
      for (const volume of service.volumes ?? []) expect(Object.keys(volumes)).toContain(volume.split(':')[0]);
    }
  });

  const compose = ['/usr/bin/docker-compose', '/usr/local/bin/docker-compose'].find((path) => existsSync(path));
  it.skipIf(compose === undefined)('is accepted by docker-compose', () => {
    const env = { PATH: process.env.PATH, POSTGRES_PASSWORD: 'x', RONDO_SECRET_KEY: 'y' };
    const result = spawnSync(compose ?? '', ['config', '--quiet'], { cwd: checkout, env, encoding: 'utf8' });
    expect(result.stderr).toBe('');
    expect(result.status).toBe(0);
    const unset = spawnSync(compose ?? '', ['config', '--quiet'], {
      cwd: checkout,
      env: { PATH: env.PATH },
      encoding: 'utf8',
    });
    expect(unset.status).not.toBe(0);
    expect(unset.stderr).toMatch(/POSTGRES_PASSWORD|RONDO_SECRET_KEY/);
  });
});
