package dev.runbook.suppression;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.diagnostic.Severity;
import dev.runbook.diagnostic.Source;
import dev.runbook.diagnostic.Span;
import dev.runbook.suppression.Comments.Comment;
import dev.runbook.suppression.Suppression.Mention;
import dev.runbook.yaml.Node;
import dev.runbook.yaml.ScalarNode;
import dev.runbook.yaml.Unread;
import java.util.ArrayList;
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

    List<Suppression> read() {
        return comments.all().stream()
                .filter(comment -> !unread.holds(comment.span().start().line()))
                .flatMap(comment -> suppression(comment).stream())
                .toList();
    }

    /** What is wrong with the comments themselves; filled by {@link #read()}. */
    List<Diagnostic> findings() {
        return findings;
    }

    private Optional<Suppression> suppression(Comment comment) {
        Matcher matcher = DISABLE.matcher(comment.text());
        if (!matcher.matches()) {
            warn(
                    comment.span(),
                    SuppressionRules.NOT_UNDERSTOOD,
                    "This comment is not understood. Write \"# runbook-lint: disable=rule -- reason\"; several rules with commas.");
            return Optional.empty();
        }
        String reason = Optional.ofNullable(matcher.group(2)).orElse("").strip();
        if (reason.isEmpty()) {
            warn(
                    comment.span(),
                    SuppressionRules.WITHOUT_REASON,
                    "Whoever reads this later has to know why. Write the reason behind it: -- because ... Without one, errors stay.");
        }
        int line = comment.span().start().line();
        Extent reach = comment.alone() ? below(line) : behind(line);
        return Optional.of(
                new Suppression(mentions(comment, matcher), reason, comment.span(), reach.first(), reach.last()));
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

    /** The line, and the block that begins in it: a comment behind {@code sql: |} is for the whole batch. */
    private Extent behind(int line) {
        int last = byFirstLine.getOrDefault(line, List.of()).stream()
                .map(Extent::node)
                .filter(node -> node instanceof ScalarNode text && text.style() == ScalarNode.Style.BLOCK)
                .mapToInt(Extent::ownLast)
                .max()
                .orElse(line);
        return lines(line, last);
    }

    private Extent lines(int first, int last) {
        return new Extent(document.node(), first, last, false);
    }

    private void warn(Span span, String rule, String message) {
        findings.add(new Diagnostic(source, span, Severity.WARNING, rule, message));
    }
}
