# Highwater for CI: `docker build -t highwater .`, then
# `docker run --rm -v "$PWD:/work:ro" highwater check docker-compose.yml`.
FROM node:22-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm pack --ignore-scripts=false

FROM node:22-bookworm-slim
COPY --from=build /build/highwater-*.tgz /tmp/
RUN npm install --global --omit=dev /tmp/highwater-*.tgz \
  && rm /tmp/highwater-*.tgz \
  && npm cache clean --force
USER node
WORKDIR /work
ENTRYPOINT ["highwater"]
CMD ["--help"]
