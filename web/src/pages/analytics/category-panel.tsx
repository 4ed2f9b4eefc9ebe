import type { Analytics, CategoryRow } from '../../api/types.ts';
import { countText } from '../../format/amounts.ts';
import tables from '../../pieces/data-table.module.css';
import { Name } from '../../pieces/name.tsx';
import { Panel } from '../../pieces/panel.tsx';
import classes from './analytics.module.css';
import { CsvButton } from './csv-button.tsx';
import { MeetingsLink } from './meetings-link.tsx';
import { OnlyCascaded } from './only-cascaded.tsx';

type CategoryTable = Analytics['categoriesByStage'];
type CategoryPanelProps = { table: CategoryTable; areCascadedCounted: boolean; onCountCascaded: () => void };
type Cell = CategoryRow['cells'][number];

/** Smart categories by deal stage; the darker a cell, the more meetings, and its number says how many. */
export function CategoryPanel({ table, areCascadedCounted, onCountCascaded }: CategoryPanelProps) {
  const cells = table.rows.flatMap((row) => row.cells);
  const count = (cell: Cell) => cell.direct + (areCascadedCounted ? cell.cascaded : 0);
  const most = Math.max(1, ...cells.map(count));
  const isHidden = !areCascadedCounted && cells.length > 0 && cells.every(({ direct }) => direct === 0);
  return (
    <div className={classes.wide}>
      <Panel
        isFlush
        title="Where do which moments come up?"
        label="Smart categories by deal stage"
        aside={
          <CsvButton
            name="categories-by-stage"
            header={['Smart category', 'Stage', 'Direct', 'Cascaded']}
            rows={csvRows(table)}
          />
        }
      >
        {table.rows.length === 0 ? (
          <p className={classes.nothing} style={{ padding: 16 }}>
            No notes under a smart category in this time.
          </p>
        ) : isHidden ? (
          <div style={{ padding: 16 }}>
            <OnlyCascaded onCount={onCountCascaded} />
          </div>
        ) : (
          <table className={`${tables.table} ${tables.compact} ${classes.heat}`}>
            <thead>
              <tr>
                <th style={{ width: '22%' }}>Smart category</th>
                {table.stages.map((stage) => (
                  <th key={stage} title={stage}>
                    <Name>{stage}</Name>
                  </th>
                ))}
                <th className={tables.number} style={{ width: 76 }}>
                  All
                </th>
              </tr>
            </thead>
            <tbody>
              {table.rows.map((row) => (
                <tr key={row.smartCategory}>
                  <td>
                    <Name>{row.smartCategory}</Name>
                  </td>
                  {table.stages.map((stage) => (
                    <HeatCell
                      key={stage}
                      cell={row.cells.find((cell) => cell.stage === stage)}
                      most={most}
                      areCascadedCounted={areCascadedCounted}
                    />
                  ))}
                  <td className={tables.number}>{countText(row.total)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Panel>
    </div>
  );
}

type HeatCellProps = { cell: Cell | undefined; most: number; areCascadedCounted: boolean };

function HeatCell({ cell, most, areCascadedCounted }: HeatCellProps) {
  const value = cell === undefined ? 0 : cell.direct + (areCascadedCounted ? cell.cascaded : 0);
  if (cell === undefined || value === 0) return <td className={classes.none}>–</td>;
  const strength = Math.round(8 + (value / most) * 34);
  return (
    <td style={{ background: `color-mix(in srgb, var(--accent) ${strength}%, transparent)` }}>
      <MeetingsLink query={cell.query} links={areCascadedCounted ? 'all' : 'direct'}>
        <span className={classes.heatValue}>{countText(value)}</span>
      </MeetingsLink>
    </td>
  );
}

function csvRows(table: CategoryTable) {
  return table.rows.flatMap((row) =>
    row.cells.map((cell) => [row.smartCategory, cell.stage, cell.direct, cell.cascaded]),
  );
}
