import { currentSymbol } from '@remnant/engine';
import { loadGeneTable } from '@remnant/formats';
import { describe, expect, it } from 'vitest';
import { curatedAxes } from './index.js';

const genes = curatedAxes.flatMap((axis) => axis.genes.map((gene) => ({ axis: axis.id, ...gene })));
const doiForm = /^10\.\d{4,9}\/[-._;()/:A-Za-z0-9]+$/;

describe('curated sets', () => {
  it('name every axis and every gene of an axis once', () => {
    expect(new Set(curatedAxes.map((axis) => axis.id)).size).toBe(curatedAxes.length);
    for (const axis of curatedAxes) {
      const names = axis.genes.map(({ gene }) => gene);
      expect(new Set(names).size, axis.id).toBe(names.length);
      expect(names.length, axis.id).toBeGreaterThanOrEqual(5);
    }
  });

  it('give every gene a sentence and a citation', () => {
    for (const { axis, gene, reason, doi } of genes) {
      expect(reason, `${axis} ${gene}`).toMatch(/^[A-ZÀ-Ý0-9].{8,}\.$|^p\d\d .+\.$/);
      expect(doi.length, `${axis} ${gene}`).toBeGreaterThan(0);
      for (const one of doi) expect(one, `${axis} ${gene}`).toMatch(doiForm);
    }
  });

  it('say in both languages what is tested, how, and what escapes', () => {
    for (const axis of curatedAxes) {
      for (const text of [axis.title, axis.hypothesis, axis.experiment, axis.escape]) {
        expect(text.en.length, axis.id).toBeGreaterThan(3);
        expect(text.fr, axis.id).not.toBe('');
      }
      expect(axis.experiment.en, axis.id).not.toBe(axis.experiment.fr);
    }
  });

  it('never promise a share of cells killed', () => {
    for (const axis of curatedAxes) expect(JSON.stringify(axis)).not.toMatch(/\d\s*%/);
  });

  it('hold to current nomenclature, and know the symbols of older tables', async () => {
    const table = await loadGeneTable('human');
    expect(genes.filter(({ gene }) => !table.rowBySymbol.has(gene)).map(({ gene }) => gene)).toEqual([]);
    for (const { gene, formerly } of genes) {
      for (const name of formerly) expect(currentSymbol(table, name), name).toBe(gene);
    }
  });

  it('find the mouse orthologue by letter case or by name', async () => {
    const mouse = await loadGeneTable('mouse');
    const wrong = genes.filter(({ gene, mouse: named }) => {
      if (named === null) return false;
      return !mouse.rowBySymbol.has(named ?? `${gene.charAt(0)}${gene.slice(1).toLowerCase()}`);
    });
    expect(wrong.map(({ gene }) => gene)).toEqual([]);
  });
});
