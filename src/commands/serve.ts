import { startApp } from '../app.ts';
import type { Command } from '../cli.ts';
import { AppError } from '../errors.ts';
import { announceApp } from '../host/running-app.ts';
import { awaitEnd } from './await-end.ts';

/**
 * Runs the product until SIGINT or SIGTERM. The first line on standard output is its address; a first start also prints a
 * one-time link that signs a browser in.
 */
export const serveCommand: Command = async ({ args, config, log }) => {
  if (args.length > 0) throw new AppError('invalid_input', 'serve takes no arguments; the environment configures it.');
  const end = awaitEnd();
  const needs = { sandbox: true, workers: true, people: true };
  const app = await startApp({ config, log, role: 'app', needs, onLost: end.lose });
  try {
    await app.listen();
    const withdraw = await announceApp(config.dataDir, {
      pid: process.pid,
      baseUrl: app.baseUrl,
      localUrl: app.localUrl,
    });
    process.stdout.write(`${app.baseUrl}\n`);
    if (await app.isFirstStart()) {
      process.stdout.write(`Sign in with this one-time link: ${await app.createSignInLink()}\n`);
    }
    if (app.sandbox !== null) {
      const { accounts } = app.sandbox.current();
      process.stdout.write(`Sandbox (no Zoho client is configured): ${accounts}\n`);
    }
    await end.reached;
    await withdraw();
  } finally {
    await app.stop();
  }
  return end.exitCode();
};
