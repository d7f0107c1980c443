package dev.runbook.yaml;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Origin;
import dev.runbook.base.Source;
import dev.runbook.base.Span;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;

/**
 * Builds our tree out of the library's events and refuses what makes YAML surprising. Events, and not the library's own tree,
 * because only they know where an alias stands, and because nothing can grow behind our back.
 */
final class TreeBuilder {
    private final Source source;
    private final SourceText text;
    private final Iterator<Event> events;
    private final List<Diagnostic> findings;

    TreeBuilder(Source source, SourceText text, Iterator<Event> events, List<Diagnostic> findings) {
        this.source = source;
        this.text = text;
        this.events = events;
        this.findings = findings;
    }

    /** The tree of the first document; empty when there is none. */
    Optional<Node> build() {
        Optional<Node> root = Optional.empty();
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof DocumentStartEvent start) {
                if (root.isPresent()) {
                    error(
                            start.getStartMark(),
                            start.getEndMark(),
                            "several-documents",
                            "A file holds one document. Delete this line and what follows, or put it into a file of its own.");
                    return root;
                }
                directives(start);
                root = Optional.of(node(events.next(), -1));
            }
        }
        return root;
    }

    private void directives(DocumentStartEvent start) {
        if (start.getVersion() != null
                || start.getTags() != null && !start.getTags().isEmpty()) {
            error(
                    start.getStartMark(),
                    start.getEndMark(),
                    "directive",
                    "A line that begins with % has no place here. Delete it.");
        }
    }

    private Node node(Event event, int parentColumn) {
        if (event instanceof AliasEvent alias) {
            error(
                    alias.getStartMark(),
                    alias.getEndMark(),
                    "alias",
                    "Aliases are not part of the language: write the value out. If \"*\" begins a text, put it in quotes.");
            return new ScalarNode(alias.getAnchor(), ScalarNode.Style.QUOTED, origin(alias));
        }
        refuseProperties((NodeEvent) event);
        if (event instanceof ScalarEvent scalar) {
            return scalar(scalar, parentColumn);
        }
        CollectionStartEvent start = (CollectionStartEvent) event;
        return start instanceof MappingStartEvent ? mapping(start) : sequence(start);
    }

    private void refuseProperties(NodeEvent event) {
        if (event.getAnchor() != null) {
            error(
                    event.getStartMark(),
                    event.getStartMark(),
                    "alias",
                    "Anchors are not part of the language. If \"&\" begins a text, put it in quotes.");
        }
        String tag = event instanceof ScalarEvent scalar ? scalar.getTag() : ((CollectionStartEvent) event).getTag();
        if (tag != null) {
            error(
                    event.getStartMark(),
                    event.getStartMark(),
                    "tag",
                    "Tags are not part of the language. If \"!\" begins a text, put it in quotes.");
        }
    }

    private Node sequence(CollectionStartEvent start) {
        List<Node> items = new ArrayList<>();
        Event event = events.next();
        while (!event.is(Event.ID.SequenceEnd)) {
            Node item = node(event, start.getStartMark().getColumn());
            items.add(item);
            if (item.isEmpty()) {
                error(
                        item.origin().span(),
                        "empty-value",
                        "An item of the list is empty. Write a value, or delete it.");
            }
            event = events.next();
        }
        Mark end = start.isFlow() ? event.getEndMark() : start.getStartMark();
        return new SequenceNode(Origin.of(source, text.span(start.getStartMark(), end)), items);
    }

    private Node mapping(CollectionStartEvent start) {
        int before = findings.size();
        MappingEntries entries = new MappingEntries(source, findings, start.isFlow());
        int column = start.getStartMark().getColumn();
        Event event = events.next();
        while (!event.is(Event.ID.MappingEnd)) {
            Node key = node(event, column);
            entries.add(key, node(events.next(), column));
            event = events.next();
        }
        Span whole = text.span(start.getStartMark(), event.getEndMark());
        if (start.isFlow() && entries.isBareTag()) {
            // the map inside has no value, but that is not what is wrong
            findings.subList(before, findings.size()).clear();
            return bareTag(whole);
        }
        entries.report();
        Span span = start.isFlow() || entries.kept().isEmpty()
                ? whole
                : entries.kept().get(0).key().origin().span();
        return new MappingNode(Origin.of(source, span), entries.kept());
    }

    /** {@code {{name}}} without quotes is read as the text that was meant, so that the rest can be checked. */
    private Node bareTag(Span span) {
        String raw = source.line(span.start().line());
        boolean oneLine = span.start().line() == span.end().line();
        String written =
                oneLine ? raw.substring(span.start().column() - 1, span.end().column() - 1) : "{{name}}";
        error(
                span,
                "unquoted-tag",
                written + " without quotes is a map in a map. Put it in quotes: '" + written + "'.");
        return new ScalarNode(
                written, ScalarNode.Style.QUOTED, new Origin(source, span, List.of(new Origin.Run(0, span.start()))));
    }

    private Node scalar(ScalarEvent event, int parentColumn) {
        ScalarNode.Style style = event.isPlain()
                ? ScalarNode.Style.PLAIN
                : event.isLiteral() || event.isFolded() ? ScalarNode.Style.BLOCK : ScalarNode.Style.QUOTED;
        if (event.getTag() != null || event.getAnchor() != null) {
            // refused already, and the mark of the scalar is that of its tag
            return new ScalarNode(event.getValue(), style, origin(event));
        }
        int start = text.offset(event.getStartMark());
        int end = text.offset(event.getEndMark());
        Characters characters = switch (style) {
            case PLAIN -> FlowScalar.plain(text, start, end);
            case QUOTED -> FlowScalar.quoted(text, start, end);
            case BLOCK -> BlockScalar.read(text, start, parentColumn);
        };
        if (!characters.value().equals(event.getValue())) {
            throw new IllegalStateException("scalar read as " + characters.value() + " instead of " + event.getValue());
        }
        Span span = style == ScalarNode.Style.BLOCK
                ? text.span(event.getStartMark(), event.getStartMark())
                : text.span(event.getStartMark(), event.getEndMark());
        Origin origin = new Origin(source, span, characters.runs());
        CharacterCheck.inValue(event.getValue(), origin).ifPresent(findings::add);
        return new ScalarNode(event.getValue(), style, origin);
    }

    private Origin origin(Event event) {
        return Origin.of(source, text.span(event.getStartMark(), event.getEndMark()));
    }

    private void error(Mark start, Mark end, String rule, String message) {
        error(text.span(start, end), rule, message);
    }

    private void error(Span span, String rule, String message) {
        findings.add(Diagnostic.error(Origin.of(source, span), rule, message));
    }
}
