package dev.runbook.yaml;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Origin;
import dev.runbook.base.Source;
import java.io.StringReader;
import java.util.Iterator;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;

/**
 * The library's events of a text, one after the other. Ends where the text goes beyond what a file may hold, before much is
 * spent on it: the time that the library takes grows with the square of the depth.
 */
final class Events implements Iterator<Event> {
    private static final int MAX_DEPTH = 50;
    /** Ten times as many as in the longest runbook of the program. */
    private static final int MAX_VALUES = 20_000;

    /** Of one value; in UTF-16 code units. */
    private static final int LONGEST_TEXT = 50_000;

    private final Source source;
    private final SourceText text;
    private final Iterator<Event> events;
    private int depth;
    private int values;

    Events(Source source, SourceText text) {
        this.source = source;
        this.text = text;
        this.events = new Yaml(new SafeConstructor(new LoaderOptions()))
                .parse(new StringReader(text.text()))
                .iterator();
    }

    @Override
    public boolean hasNext() {
        return events.hasNext();
    }

    /**
     * The next event.
     *
     * @throws BeyondBounds where no more is read
     * @throws org.yaml.snakeyaml.error.MarkedYAMLException where the text is no YAML
     */
    @Override
    public Event next() {
        Event event = events.next();
        depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
        if (depth > MAX_DEPTH) {
            throw beyond(event, "nesting", "Lists and maps are nested deeper than " + MAX_DEPTH + " levels here.");
        }
        if (event instanceof ScalarEvent scalar && scalar.getValue().length() > LONGEST_TEXT) {
            throw beyond(event, "file", "A text longer than " + LONGEST_TEXT + " characters is not read.");
        }
        values += event instanceof NodeEvent ? 1 : 0;
        if (values > MAX_VALUES) {
            throw beyond(
                    event,
                    "file",
                    "The file holds more than " + MAX_VALUES
                            + " keys and values. Nothing behind this was read. Cut the file into several.");
        }
        return event;
    }

    private BeyondBounds beyond(Event event, String rule, String message) {
        return new BeyondBounds(Diagnostic.error(
                Origin.of(source, text.span(event.getStartMark(), event.getStartMark())), rule, message));
    }
}
