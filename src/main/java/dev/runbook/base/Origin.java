package dev.runbook.base;

import java.util.List;
import java.util.stream.Stream;

/**
 * Where each character of a value stands in the source that it was written in, also for block scalars and escapes.
 *
 * <p>A value of several lines is a list of runs: stretches of characters that stand side by side both in the value and in
 * the source.
 *
 * @param source the source
 * @param span the whole value as written, quotes and block indicator included
 * @param runs by ascending offset; empty means that the value has no characters of its own (a map, a list, an empty text)
 */
public record Origin(Source source, Span span, List<Run> runs) {
    /**
     * Characters that stand side by side.
     *
     * @param offset of the first one in the value, counted from 0
     * @param position of the first one in the source
     */
    public record Run(int offset, Position position) {}

    /** Copies the runs. */
    public Origin {
        runs = List.copyOf(runs);
    }

    /** An origin of something without characters of its own. */
    public static Origin of(Source source, Span span) {
        return new Origin(source, span, List.of());
    }

    /** The first character of the value as written. */
    public Position position() {
        return span.start();
    }

    /** The place in the source of the character at an offset of the value. */
    public Position at(int offset) {
        int low = 0;
        int high = runs.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (runs.get(middle).offset() > offset) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low == 0
                ? span.start()
                : runs.get(low - 1).position().right(offset - runs.get(low - 1).offset());
    }

    /** The stretch of the source for the characters of the value from one offset up to another; never empty. */
    public Span span(int from, int to) {
        Position start = at(from);
        Position last = at(Math.max(from, to - 1));
        return new Span(start, last.right(1));
    }

    /** The origin of the characters of the value from one offset up to another. */
    public Origin part(int from, int to) {
        Stream<Run> later = runs.stream()
                .filter(run -> run.offset() > from)
                .map(run -> new Run(run.offset() - from, run.position()));
        return new Origin(
                source,
                span(from, to),
                Stream.concat(Stream.of(new Run(0, at(from))), later).toList());
    }
}
