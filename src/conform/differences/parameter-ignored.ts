/** A parameter has its default, or another usual value, whatever is asked for. */
import { hullOf, inDomain, type Domain } from '../../base/domain.js';
import { contains } from '../../base/interval.js';
import { predicting, type Difference } from '../difference.js';

const USUAL = [0.1, 0.2, 0.28, 0.4, 0.5, 0.04, 0.01, 0.001, 1e-4, 1e-6, 1e-8, 1, 2, 3, 5, 10];

/** What no value of other parameters rules out; a vector on which they do has no such result. */
const isPossible = (domain: Domain, value: number): boolean =>
  domain.kind === 'dependent' ? contains(hullOf(domain), value) : inDomain(domain, value);

export const parameterIgnored: Difference = {
  name: 'parameter-ignored',
  kind: 'use',
  title: 'a parameter is not passed on: it has one value on every vector',
  explanation: 'The results are right for one fixed value of the parameter, and the vectors ask for several.',
  knownFrom: ['verl #6478 (the α of GPG overridden)', 'verl GMPO (`clip_ratio` 0.2 in place of 0.4)'],
  hypotheses: (subject) =>
    subject.program.params.flatMap(({ name, domain, default: usual }) =>
      [...new Set([...(usual === undefined ? [] : [usual]), ...USUAL])]
        .filter((value) => isPossible(domain, value))
        .map((value) =>
          predicting(subject, `\`${name}\` is always ${value}`, ({ batch, params }) =>
            subject.evaluate(subject.program, batch, { ...params, [name]: value }),
          ),
        ),
    ),
};
