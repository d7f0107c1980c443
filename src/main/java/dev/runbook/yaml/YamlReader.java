package dev.runbook.yaml;

import dev.runbook.base.Checked;
import dev.runbook.base.Diagnostic;
import dev.runbook.base.Origin;
import dev.runbook.base.Position;
import dev.runbook.base.Source;
import dev.runbook.base.Span;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;

/**
 * Reads the YAML of runbooks, site files and scenes: the plain half of YAML, without its traps. Refused are double keys, empty
 * values, aliases and anchors, merge keys, tags, several documents, control characters, nesting deeper than 50, more than 20,000
 * values and files over 1 MB.
 */
public final class YamlReader {
    private final Source source;
    private final List<Diagnostic> findings = new ArrayList<>();

    private YamlReader(Source source) {
        this.source = source;
    }

    /** The tree of a document, or everything that is wrong with it. */
    public static Checked<Node> read(Source source) {
        Draft draft = draft(source);
        Checked<Node> read = new Checked<>(draft.root(), draft.findings());
        return read.hasErrors() ? Checked.failed(read.diagnostics()) : read;
    }

    /**
     * As {@link #read}, but the tree is there also beside errors, without what was refused, so that more can be said about the
     * rest. Not to be used for anything else.
     */
    public static Draft draft(Source source) {
        return new YamlReader(source).draft();
    }

    private Draft draft() {
        if (source.lines().stream().mapToInt(line -> line.length() + 1).sum() > SourceReader.MAX_BYTES) {
            findings.add(nowhere("file", "The file is larger than 1 MB. No runbook and no site file is."));
            return new Draft(Optional.empty(), findings, Unread.NOTHING);
        }
        CharacterCheck characters = CharacterCheck.of(source);
        findings.addAll(characters.findings());
        try {
            return parse(characters.cleaned());
        } catch (BeyondBounds beyond) {
            findings.add(beyond.finding());
            return new Draft(Optional.empty(), findings, Unread.NOTHING);
        } catch (YAMLException limit) {
            findings.add(nowhere("yaml", "The file cannot be read as YAML: " + limit.getMessage() + "."));
            return new Draft(Optional.empty(), findings, Unread.NOTHING);
        }
    }

    /** Where the whole cannot be read, what cannot be is left out, in order to find more in the rest. */
    private Draft parse(List<String> lines) {
        List<Diagnostic> found = new ArrayList<>();
        try {
            Optional<Node> root = tree(lines, found);
            findings.addAll(found);
            if (root.isEmpty() && findings.isEmpty()) {
                findings.add(nowhere("yaml", "The file is empty."));
            }
            return new Draft(root, findings, Unread.NOTHING);
        } catch (MarkedYAMLException broken) {
            Recovery recovery = Recovery.of(source, lines);
            findings.addAll(recovery.findings());
            Optional<Node> rest = recovery.rest()
                    .flatMap(left -> tree(left, findings))
                    // a word that is left of a document says nothing about it
                    .filter(root -> root instanceof Node.Mapping);
            return new Draft(rest, findings, recovery.unread());
        }
    }

    private Optional<Node> tree(List<String> lines, List<Diagnostic> found) {
        SourceText text = SourceText.of(lines);
        return new TreeBuilder(source, text, new Events(source, text), found).build();
    }

    private Diagnostic nowhere(String rule, String message) {
        return Diagnostic.error(Origin.of(source, Span.at(Position.START)), rule, message);
    }

    /**
     * Builds our tree out of the library's events and refuses what makes YAML surprising. Events, and not the library's own tree,
     * because only they know where an alias stands, and because nothing can grow behind our back.
     */
    private static final class TreeBuilder {
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
                return new Node.Scalar(alias.getAnchor(), Node.Scalar.Style.QUOTED, origin(alias));
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
            String tag =
                    event instanceof ScalarEvent scalar ? scalar.getTag() : ((CollectionStartEvent) event).getTag();
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
            return new Node.Sequence(Origin.of(source, text.span(start.getStartMark(), end)), items);
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
            return new Node.Mapping(Origin.of(source, span), entries.kept());
        }

        /** {@code {{name}}} without quotes is read as the text that was meant, so that the rest can be checked. */
        private Node bareTag(Span span) {
            String raw = source.line(span.start().line());
            boolean oneLine = span.start().line() == span.end().line();
            String written = oneLine
                    ? raw.substring(span.start().column() - 1, span.end().column() - 1)
                    : "{{name}}";
            error(
                    span,
                    "unquoted-tag",
                    written + " without quotes is a map in a map. Put it in quotes: '" + written + "'.");
            return new Node.Scalar(
                    written,
                    Node.Scalar.Style.QUOTED,
                    new Origin(source, span, List.of(new Origin.Run(0, span.start()))));
        }

        private Node scalar(ScalarEvent event, int parentColumn) {
            Node.Scalar.Style style = event.isPlain()
                    ? Node.Scalar.Style.PLAIN
                    : event.isLiteral() || event.isFolded() ? Node.Scalar.Style.BLOCK : Node.Scalar.Style.QUOTED;
            if (event.getTag() != null || event.getAnchor() != null) {
                // refused already, and the mark of the scalar is that of its tag
                return new Node.Scalar(event.getValue(), style, origin(event));
            }
            int start = text.offset(event.getStartMark());
            int end = text.offset(event.getEndMark());
            ScalarPlaces characters = switch (style) {
                case PLAIN -> ScalarPlaces.Flow.plain(text, start, end);
                case QUOTED -> ScalarPlaces.Flow.quoted(text, start, end);
                case BLOCK -> ScalarPlaces.Block.read(text, start, parentColumn);
            };
            if (!characters.value().equals(event.getValue())) {
                throw new IllegalStateException(
                        "scalar read as " + characters.value() + " instead of " + event.getValue());
            }
            Span span = style == Node.Scalar.Style.BLOCK
                    ? text.span(event.getStartMark(), event.getStartMark())
                    : text.span(event.getStartMark(), event.getEndMark());
            Origin origin = new Origin(source, span, characters.runs());
            CharacterCheck.inValue(event.getValue(), origin).ifPresent(findings::add);
            return new Node.Scalar(event.getValue(), style, origin);
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

        /** The entries of one map while they are read. */
        private static final class MappingEntries {
            private final Source source;
            private final List<Diagnostic> findings;
            private final boolean flow;
            private final List<Node.Mapping.Entry> kept = new ArrayList<>();
            private final Map<String, Node.Scalar> seen = new HashMap<>();
            private final List<Node> strangeKeys = new ArrayList<>();

            MappingEntries(Source source, List<Diagnostic> findings, boolean flow) {
                this.source = source;
                this.findings = findings;
                this.flow = flow;
            }

            void add(Node key, Node value) {
                if (!(key instanceof Node.Scalar name)) {
                    strangeKeys.add(key);
                    return;
                }
                Node.Scalar first = seen.putIfAbsent(name.value(), name);
                if (first != null) {
                    int line = first.origin().position().line();
                    error(
                            name,
                            "duplicate-key",
                            "The key \"" + name.value() + "\" stands here twice. The first one is on line " + line
                                    + ".");
                } else if (name.isPlain("<<")) {
                    error(name, "merge-key", "Merge keys are not part of the language: write the entries out.");
                } else {
                    kept.add(new Node.Mapping.Entry(name, value));
                }
            }

            /** What has been read, without double, strange and merge keys. */
            List<Node.Mapping.Entry> kept() {
                return kept;
            }

            /** Whether this is what {@code {{name}}} looks like to YAML: a map whose only key is a map without a value. */
            boolean isBareTag() {
                return flow && strangeKeys.size() == 1 && seen.isEmpty() && strangeKeys.get(0) instanceof Node.Mapping;
            }

            /** Says what is wrong with keys and values. */
            void report() {
                strangeKeys.forEach(key -> error(key, "key", "A key must be a text, and this is " + key.kind() + "."));
                for (Node.Mapping.Entry entry : kept) {
                    if (entry.value().isEmpty()) {
                        String advice = flow && kept.size() > 1
                                ? " If it belongs to the text before the comma, put that whole text in quotes."
                                : " Write a value, or delete the key.";
                        error(
                                entry.key(),
                                "empty-value",
                                "The key \"" + entry.key().value() + "\" has no value." + advice);
                    }
                }
            }

            private void error(Node node, String rule, String message) {
                findings.add(Diagnostic.error(Origin.of(source, node.origin().span()), rule, message));
            }
        }
    }

    /**
     * The library's events of a text, one after the other. Ends where the text goes beyond what a file may hold, before much is
     * spent on it: the time that the library takes grows with the square of the depth.
     */
    static final class Events implements Iterator<Event> {
        private static final int MAX_DEPTH = 50;
        /** Ten times as many as in the longest runbook of the program. */
        private static final int MAX_VALUES = 20_000;

        /** Of one value; in UTF-16 code units. */
        private static final int MAX_TEXT_LENGTH = 50_000;

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
            if (event instanceof ScalarEvent scalar && scalar.getValue().length() > MAX_TEXT_LENGTH) {
                throw beyond(event, "file", "A text longer than " + MAX_TEXT_LENGTH + " characters is not read.");
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

    /** Ends the reading of a text that holds more than a file may hold. */
    private static final class BeyondBounds extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Diagnostic finding;

        BeyondBounds(Diagnostic finding) {
            super(finding.message());
            this.finding = finding;
        }

        /** What is too much, and where. */
        Diagnostic finding() {
            return finding;
        }
    }

    /** Finds the characters that nobody sees and that change what a text means or how it reads. */
    private static final class CharacterCheck {
        /** After so many the file is not a text at all, and more findings help nobody. */
        private static final int MAX_REPORTED = 10;

        private final Source source;
        private final List<Diagnostic> findings = new ArrayList<>();
        private final List<String> cleaned = new ArrayList<>();

        private CharacterCheck(Source source) {
            this.source = source;
        }

        static CharacterCheck of(Source source) {
            CharacterCheck check = new CharacterCheck(source);
            for (int line = 1; line <= source.lines().size(); line++) {
                check.cleaned.add(check.clean(line, source.line(line)));
            }
            return check;
        }

        /** At most {@value #MAX_REPORTED} of them. */
        List<Diagnostic> findings() {
            return findings;
        }

        /** The lines with a question mark in the place of each refused character, so that the rest can be read. */
        List<String> cleaned() {
            return cleaned;
        }

        private String clean(int line, String text) {
            StringBuilder clean = null;
            for (int i = 0; i < text.length(); i++) {
                if (isRefused(text, i)) {
                    report(line, i, text.charAt(i));
                    clean = clean == null ? new StringBuilder(text) : clean;
                    clean.setCharAt(i, '?');
                }
            }
            return clean == null ? text : clean.toString();
        }

        private void report(int line, int index, char c) {
            if (findings.size() < MAX_REPORTED) {
                findings.add(refusal(Origin.of(source, Span.at(new Position(line, index + 1))), c));
            }
        }

        private static Diagnostic refusal(Origin origin, char c) {
            String code = String.format(Locale.ROOT, "U+%04X", (int) c);
            return Diagnostic.error(
                    origin,
                    "control-character",
                    "The character " + code + " (" + name(c) + ") is not allowed. Delete it.");
        }

        /** The first refused character of a value that an escape such as {@code "\\e"} has brought into it; line ends are none. */
        static Optional<Diagnostic> inValue(String value, Origin origin) {
            for (int i = 0; i < value.length(); i++) {
                if (value.charAt(i) != '\n' && isRefused(value, i)) {
                    return Optional.of(refusal(Origin.of(origin.source(), origin.span(i, i + 1)), value.charAt(i)));
                }
            }
            return Optional.empty();
        }

        private static boolean isRefused(String text, int index) {
            char c = text.charAt(index);
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        ? index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1))
                        : index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
                return !pair;
            }
            return c < ' ' && c != '\t' || c >= 0x7F && c <= 0x9F || isInvisible(c) || c == '\uFFFE' || c == '\uFFFF';
        }

        /** Line and paragraph separators, byte order marks, and what turns the direction of reading. */
        private static boolean isInvisible(char c) {
            return c >= '\u2028' && c <= '\u202E'
                    || c >= '\u2066' && c <= '\u2069'
                    || c == '\u200B'
                    || c == '\u200E'
                    || c == '\u200F'
                    || c == '\uFEFF';
        }

        private static String name(char c) {
            if (c == 0) {
                return "NUL; is the file UTF-16? Save it as UTF-8";
            }
            String name = Character.getName(c);
            return name == null ? "no character" : name.toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A document as far as it could be read.
     *
     * @param root its tree, without what was refused; empty when nothing could be read
     * @param findings everything that is wrong with it as YAML
     * @param unread what of it is not in the tree, since it could not be read
     */
    public record Draft(Optional<Node> root, List<Diagnostic> findings, Unread unread) {
        /** Copies the findings. */
        public Draft {
            findings = List.copyOf(findings);
        }
    }

    /**
     * A source as one text whose lines end in LF, with the way from an offset to a place and from the library's marks to an offset.
     * The library counts code points, we count UTF-16 code units.
     */
    static final class SourceText {
        private final String text;
        private final int[] lineStarts;
        private final int linesAbove;

        private SourceText(String text, int[] lineStarts, int linesAbove) {
            this.text = text;
            this.lineStarts = lineStarts;
            this.linesAbove = linesAbove;
        }

        static SourceText of(List<String> lines) {
            return of(lines, 0);
        }

        /** Some lines, above which others stand. */
        static SourceText of(List<String> lines, int linesAbove) {
            int[] starts = new int[lines.size()];
            int offset = 0;
            for (int line = 0; line < starts.length; line++) {
                starts[line] = offset;
                offset += lines.get(line).length() + 1;
            }
            return new SourceText(String.join("\n", lines), starts, linesAbove);
        }

        String text() {
            return text;
        }

        int length() {
            return text.length();
        }

        char at(int offset) {
            return text.charAt(offset);
        }

        int offset(Mark mark) {
            if (mark.getLine() >= lineStarts.length) {
                return text.length();
            }
            int start = lineStarts[mark.getLine()];
            int points = Math.min(mark.getColumn(), text.codePointCount(start, lineEnd(start)));
            return text.offsetByCodePoints(start, points);
        }

        Position position(int offset) {
            int found = Arrays.binarySearch(lineStarts, offset);
            int line = found >= 0 ? found : -found - 2;
            return new Position(linesAbove + line + 1, offset - lineStarts[line] + 1);
        }

        Position position(Mark mark) {
            return position(offset(mark));
        }

        /** From one mark to another; at least one character. */
        Span span(Mark start, Mark end) {
            int from = offset(start);
            return new Span(
                    position(from),
                    position(from).compareTo(position(end)) < 0
                            ? position(end)
                            : position(from).right(1));
        }

        /** Where the line of an offset ends, the line end not included. */
        int lineEnd(int offset) {
            int end = text.indexOf('\n', offset);
            return end < 0 ? text.length() : end;
        }
    }
}
