package dev.runbook.suppression;

import dev.runbook.diagnostic.Position;
import dev.runbook.diagnostic.Source;
import dev.runbook.diagnostic.Span;
import dev.runbook.yaml.ScalarNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the comments of a document that speak to us. A {@code #} inside a text is none. */
final class Comments {
    private static final Pattern COMMENT = Pattern.compile("(?:^|\\s)(#\\s*runbook-lint:\\s*(.*))$");

    private final Source source;
    private final int[] contentBelow;
    /** The texts that take a line or a part of it. */
    private final Map<Integer, List<ScalarNode>> texts = new HashMap<>();

    Comments(Source source, List<Extent> extents) {
        this.source = source;
        this.contentBelow = contentBelow(source);
        extents.stream().filter(extent -> extent.node() instanceof ScalarNode).forEach(this::index);
    }

    private void index(Extent extent) {
        ScalarNode text = (ScalarNode) extent.node();
        for (int line = extent.first(); line <= Extent.ownLast(text); line++) {
            texts.computeIfAbsent(line, any -> new ArrayList<>()).add(text);
        }
    }

    /**
     * A comment.
     *
     * @param text behind the colon
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

    private static boolean holds(ScalarNode text, Position position) {
        Span span = text.origin().span();
        boolean between = span.start().compareTo(position) <= 0 && position.compareTo(span.end()) < 0;
        // every line below the header of a block belongs to it as a whole
        boolean inBlock = text.style() == ScalarNode.Style.BLOCK
                && position.line() > span.start().line();
        return between || inBlock;
    }
}
