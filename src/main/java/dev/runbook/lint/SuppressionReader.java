package dev.runbook.lint;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Origin;
import dev.runbook.base.Position;
import dev.runbook.base.Source;
import dev.runbook.base.Span;
import dev.runbook.lint.SuppressionReader.Comments.Comment;
import dev.runbook.lint.Suppressions.Suppression.Mention;
import dev.runbook.yaml.Node;
import dev.runbook.yaml.Unread;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the comments that switch rules off, and finds out for which lines they are meant. */
final class SuppressionReader {
    private static final Pattern DISABLE = Pattern.compile("disable=([^\\s,]+(?:\\s*,\\s*[^\\s,]+)*)(?:\\s+--(.*))?");
    private static final Pattern NAME = Pattern.compile("[^\\s,]+");

    private final Source source;
    private final Extent document;
    private final Map<Integer, List<Extent>> byFirstLine;
    private final Comments comments;
    private final Unread unread;
    private final List<Diagnostic> findings = new ArrayList<>();

    SuppressionReader(Source source, Node root, Unread unread) {
        this.source = source;
        this.unread = unread;
        List<Extent> extents = Extent.of(root);
        this.document = extents.get(0);
        this.byFirstLine = extents.stream().collect(Collectors.groupingBy(Extent::first));
        this.comments = new Comments(source, extents);
    }

    List<Suppressions.Suppression> read() {
        return comments.all().stream()
                .filter(comment -> !unread.holds(comment.span().start().line()))
                .flatMap(comment -> suppression(comment).stream())
                .toList();
    }

    /** What is wrong with the comments themselves; filled by {@link #read()}. */
    List<Diagnostic> findings() {
        return findings;
    }

    private Optional<Suppressions.Suppression> suppression(Comment comment) {
        Matcher matcher = DISABLE.matcher(comment.text());
        if (!matcher.matches()) {
            warn(
                    comment.span(),
                    Suppressions.SuppressionRules.NOT_UNDERSTOOD,
                    "This comment is not understood. Write \"# runbook-lint: disable=rule -- reason\"; several rules"
                            + " with commas.");
            return Optional.empty();
        }
        String reason = Optional.ofNullable(matcher.group(2)).orElse("").strip();
        if (reason.isEmpty()) {
            warn(
                    comment.span(),
                    Suppressions.SuppressionRules.WITHOUT_REASON,
                    "Whoever reads this later has to know why. Write the reason behind it: -- because ... Without one,"
                            + " errors stay.");
        }
        int line = comment.span().start().line();
        Extent reach = comment.alone() ? below(line) : after(line);
        return Optional.of(new Suppressions.Suppression(
                mentions(comment, matcher), reason, comment.span(), reach.first(), reach.last()));
    }

    private static List<Mention> mentions(Comment comment, Matcher disable) {
        List<Mention> mentions = new ArrayList<>();
        Matcher name = NAME.matcher(comment.text()).region(disable.start(1), disable.end(1));
        while (name.find()) {
            Span span = new Span(
                    comment.position().right(name.start()), comment.position().right(name.end()));
            mentions.add(new Mention(name.group(), span));
        }
        return mentions;
    }

    /** The largest entry that begins in the next line with something in it: above the first key, the document. */
    private Extent below(int line) {
        int content = comments.contentBelow(line);
        if (content == comments.contentBelow(0)) {
            return lines(1, source.lines().size());
        }
        return byFirstLine.getOrDefault(content, List.of()).stream()
                .filter(Extent::entry)
                .findFirst()
                .orElseGet(() -> lines(line, line));
    }

    /** The line, and the block that begins in it: a comment after {@code sql: |} is for the whole batch. */
    private Extent after(int line) {
        int last = byFirstLine.getOrDefault(line, List.of()).stream()
                .map(Extent::node)
                .filter(node -> node instanceof Node.Scalar text && text.style() == Node.Scalar.Style.BLOCK)
                .mapToInt(Extent::ownLast)
                .max()
                .orElse(line);
        return lines(line, last);
    }

    private Extent lines(int first, int last) {
        return new Extent(document.node(), first, last, false);
    }

    private void warn(Span span, String rule, String message) {
        findings.add(new Diagnostic(source, span, Diagnostic.Severity.WARNING, rule, message));
    }

    /**
     * The lines that a piece of a document takes, from its first to its last.
     *
     * @param node the piece; of an entry of a map, its key
     * @param first line
     * @param last line
     * @param entry whether a comment can stand above it: an entry of a map, an item of a list, the document
     */
    record Extent(Node node, int first, int last, boolean entry) {
        /** All pieces of a document: the whole before its parts. */
        static List<Extent> of(Node root) {
            List<Extent> all = new ArrayList<>();
            add(root, true, all);
            return all;
        }

        private static int add(Node node, boolean entry, List<Extent> all) {
            int index = all.size();
            int first = node.origin().position().line();
            all.add(new Extent(node, first, first, entry));
            int last = ownLast(node);
            if (node instanceof Node.Mapping mapping) {
                for (Node.Mapping.Entry child : mapping.entries()) {
                    last = Math.max(last, entry(child, all));
                }
            } else if (node instanceof Node.Sequence sequence) {
                for (Node item : sequence.items()) {
                    last = Math.max(last, add(item, true, all));
                }
            }
            all.set(index, new Extent(node, first, last, entry));
            return last;
        }

        private static int entry(Node.Mapping.Entry entry, List<Extent> all) {
            int index = all.size();
            int first = entry.key().origin().position().line();
            all.add(new Extent(entry.key(), first, first, true));
            int last = Math.max(ownLast(entry.key()), add(entry.value(), false, all));
            all.set(index, new Extent(entry.key(), first, last, true));
            return last;
        }

        /**
         * The last line of a text, or of the brackets of a list or map. The span of a block scalar is its header alone; its characters
         * know where they stand.
         */
        static int ownLast(Node node) {
            Origin origin = node.origin();
            int last = origin.span().end().line();
            if (node instanceof Node.Scalar && !origin.runs().isEmpty()) {
                last = Math.max(
                        last,
                        origin.runs().get(origin.runs().size() - 1).position().line());
            }
            return last;
        }
    }

    /** Finds the comments of a document that speak to us. A {@code #} inside a text is none. */
    static final class Comments {
        private static final Pattern COMMENT = Pattern.compile("(?:^|\\s)(#\\s*runbook-lint:\\s*(.*))$");

        private final Source source;
        private final int[] contentBelow;
        /** The texts that take a line or a part of it. */
        private final Map<Integer, List<Node.Scalar>> texts = new HashMap<>();

        Comments(Source source, List<SuppressionReader.Extent> extents) {
            this.source = source;
            this.contentBelow = contentBelow(source);
            extents.stream()
                    .filter(extent -> extent.node() instanceof Node.Scalar)
                    .forEach(this::index);
        }

        private void index(SuppressionReader.Extent extent) {
            Node.Scalar text = (Node.Scalar) extent.node();
            for (int line = extent.first(); line <= SuppressionReader.Extent.ownLast(text); line++) {
                texts.computeIfAbsent(line, any -> new ArrayList<>()).add(text);
            }
        }

        /**
         * A comment.
         *
         * @param text after the colon
         * @param span all of it
         * @param position of the text
         * @param alone whether nothing stands before it in its line
         */
        record Comment(String text, Span span, Position position, boolean alone) {}

        List<Comment> all() {
            List<Comment> comments = new ArrayList<>();
            for (int line = 1; line <= source.lines().size(); line++) {
                Matcher matcher = COMMENT.matcher(source.line(line));
                if (matcher.find() && !isInText(new Position(line, matcher.start(1) + 1))) {
                    Position start = new Position(line, matcher.start(1) + 1);
                    comments.add(new Comment(
                            matcher.group(2).strip(),
                            new Span(
                                    start,
                                    start.right(matcher.group(1).stripTrailing().length())),
                            new Position(line, matcher.start(2) + 1),
                            source.line(line).substring(0, matcher.start(1)).isBlank()));
                }
            }
            return comments;
        }

        /** The first line below that holds more than a comment; 0 if there is none. */
        int contentBelow(int line) {
            return contentBelow[line];
        }

        private static int[] contentBelow(Source source) {
            int[] below = new int[source.lines().size() + 1];
            for (int line = source.lines().size() - 1; line >= 0; line--) {
                String next = source.line(line + 1).strip();
                boolean content = !next.isEmpty() && !next.startsWith("#") && !next.startsWith("---");
                below[line] = content ? line + 1 : below[line + 1];
            }
            return below;
        }

        private boolean isInText(Position position) {
            return texts.getOrDefault(position.line(), List.of()).stream().anyMatch(text -> holds(text, position));
        }

        private static boolean holds(Node.Scalar text, Position position) {
            Span span = text.origin().span();
            boolean between = span.start().compareTo(position) <= 0 && position.compareTo(span.end()) < 0;
            // every line below the header of a block belongs to it as a whole
            boolean inBlock = text.style() == Node.Scalar.Style.BLOCK
                    && position.line() > span.start().line();
            return between || inBlock;
        }
    }
}
