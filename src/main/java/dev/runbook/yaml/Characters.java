package dev.runbook.yaml;

import dev.runbook.base.Origin.Run;
import java.util.ArrayList;
import java.util.List;

/** Collects the characters of a value together with the places where they stand. */
final class Characters {
    private final SourceText source;
    private final StringBuilder value = new StringBuilder();
    private final List<Run> runs = new ArrayList<>();
    private int expected = -1;

    Characters(SourceText source) {
        this.source = source;
    }

    /** A character that stands at an offset of the source, or stands for what is written there. */
    void add(char character, int offset) {
        if (offset != expected) {
            runs.add(new Run(value.length(), source.position(offset)));
        }
        value.append(character);
        // behind a line end begins another line, which is another run
        expected = character == '\n' ? -1 : offset + 1;
    }

    /** The characters of the source from one offset up to another. */
    void addAll(int from, int to) {
        for (int offset = from; offset < to; offset++) {
            add(source.at(offset), offset);
        }
    }

    String value() {
        return value.toString();
    }

    List<Run> runs() {
        return runs;
    }
}
