import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { PictureEdge } from './build-picture.ts';
import classes from './picture-lines.module.css';

type Line = PictureEdge & { d: string };

/** The lines between nodes that are on the page now; measured again whenever the columns change their size. */
export function PictureLines({ edges, lit, layout }: PictureLinesProps) {
  const drawing = useRef<SVGSVGElement>(null);
  const lines = useMeasuredLines(drawing, edges, layout);
  const isNew = useNewcomers(edges);
  return (
    <svg ref={drawing} className={classes.lines} aria-hidden="true" focusable="false">
      {lines.map((line) => (
        <path
          key={line.id}
          d={line.d}
          pathLength={1}
          className={classes.line}
          data-faint={line.isFaint || undefined}
          data-lit={lit?.has(line.id) || undefined}
          data-dim={(lit !== null && !lit.has(line.id)) || undefined}
          data-new={isNew(line.id) || undefined}
        />
      ))}
    </svg>
  );
}

/** `layout` changes whenever other nodes are shown; `lit` null: nothing is pointed at. */
type PictureLinesProps = {
  edges: PictureEdge[];
  lit: Set<string> | null;
  layout: string;
};

/** The nodes stand beside the drawing, in the same parent. */
function useMeasuredLines(drawing: RefObject<SVGSVGElement | null>, edges: PictureEdge[], layout: string): Line[] {
  const [lines, setLines] = useState<Line[]>([]);
  const measure = useCallback(() => {
    const area = drawing.current?.parentElement;
    if (area) setLines(measureLines(area, edges));
  }, [drawing, edges]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another layout moves the nodes
  useLayoutEffect(() => {
    measure();
    const element = drawing.current?.parentElement;
    if (!element) return;
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    for (const column of element.querySelectorAll('[data-column]')) observer.observe(column);
    const stop = onScroll(measure);
    return () => {
      observer.disconnect();
      stop();
    };
  }, [measure, layout, drawing]);
  return lines;
}

/** Short columns stay in sight while a long one is scrolled, so their lines move. At most once a frame. */
function onScroll(work: () => void): () => void {
  let frame = 0;
  const schedule = () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(work);
  };
  window.addEventListener('scroll', schedule, { passive: true });
  return () => {
    cancelAnimationFrame(frame);
    window.removeEventListener('scroll', schedule);
  };
}

function measureLines(area: HTMLElement, edges: PictureEdge[]): Line[] {
  const origin = area.getBoundingClientRect();
  const boxes = new Map<string, DOMRect>();
  for (const node of area.querySelectorAll<HTMLElement>('[data-node]')) {
    boxes.set(node.dataset.node ?? '', node.getBoundingClientRect());
  }
  return edges.flatMap((edge) => {
    const from = boxes.get(edge.from);
    const to = boxes.get(edge.to);
    if (!from || !to || to.left <= from.right) return [];
    return [{ ...edge, d: curve(from, to, origin) }];
  });
}

function curve(from: DOMRect, to: DOMRect, origin: DOMRect): string {
  const x1 = from.right - origin.left;
  const y1 = from.top + from.height / 2 - origin.top;
  const x2 = to.left - origin.left;
  const y2 = to.top + to.height / 2 - origin.top;
  const bend = Math.min(60, (x2 - x1) / 2);
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}

/** Lines of the first second belong to opening the page; later ones are drawn as they are made. */
const openingMs = 1500;

function useNewcomers(edges: PictureEdge[]): (id: string) => boolean {
  const [openedAt] = useState(() => performance.now());
  const known = useRef(new Set<string>());
  useLayoutEffect(() => {
    if (performance.now() - openedAt > openingMs) return;
    for (const edge of edges) known.current.add(edge.id);
  }, [edges, openedAt]);
  return (id) => !known.current.has(id);
}
