export * from './placed-yaml.ts';
