FROM node:20-slim

# The embedded PostgreSQL needs nothing from the system but a listed user, and the account "node" is one.
ENV NODE_ENV=production \
    DATA_DIR=/data \
    HOST=0.0.0.0 \
    PORT=4700

WORKDIR /app

COPY package.json package-lock.json ./
RUN npm ci --include=dev --no-audit --no-fund

COPY . .

# Builds the pages now, as `npm start` would, so that the container never writes into its own image.
RUN node -e "import('/app/tools/start/build-web.mjs').then((m) => m.buildWeb('/app'))" \
 && mkdir -p /data && chown node:node /data

USER node
VOLUME /data
EXPOSE 4700

# Not through npm: the container's signals go straight to the product.
CMD ["node", "tools/run.mjs", "--web", "src/cli.ts", "serve"]
