package dev.runbook.rule.fact;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.diagnostic.Span;
import dev.runbook.model.Fact;
import dev.runbook.model.FactSource;
import dev.runbook.model.Runbook;
import dev.runbook.model.Text;
import dev.runbook.model.Variable;
import dev.runbook.model.VariableType;
import dev.runbook.rule.About;
import dev.runbook.rule.Rule;
import dev.runbook.template.Tag;
import dev.runbook.template.Tags;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A fact about files that names a folder and no files in it, or has its wildcards in the folder's name. */
public final class FilesPattern implements Rule {
    private static final About ABOUT = About.error(
                    "files-pattern", "files has no pattern in its last part, or one in another part.")
            .because(
                    "The last part of files is held against the names of files. Where it is a folder there is no such file: the"
                            + " fact has no rows, and every condition that says no before it would be true.")
            .bad("""
                    facts:
                      old log backups: {files: '{{log_share}}'}
                    """)
            .good("""
                    facts:
                      old log backups: {files: '{{log_share}}\\mgc_*'}
                    """);

    private static final String ADVICE = " Write a pattern behind it, such as \\mgc_*.trn, or \\* for every file.";

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        return runbook.facts().values().stream()
                .map(Fact::source)
                .filter(FactSource.Files.class::isInstance)
                .map(source -> ((FactSource.Files) source).pattern())
                .flatMap(pattern -> findings(pattern, runbook))
                .toList();
    }

    private Stream<Diagnostic> findings(Text pattern, Runbook runbook) {
        String visible = withoutTags(pattern);
        int last = Math.max(visible.lastIndexOf('/'), visible.lastIndexOf('\\')) + 1;
        return Stream.concat(inFolder(pattern, visible, last).stream(), atTheEnd(pattern, last, runbook).stream());
    }

    private Optional<Diagnostic> inFolder(Text text, String visible, int last) {
        int star = Stream.of(visible.indexOf('*'), visible.indexOf('?'))
                .filter(at -> at >= 0)
                .min(Integer::compare)
                .orElse(last);
        return star < last
                ? Optional.of(marked(
                        text,
                        text.origin().span(star, star + 1),
                        "Only the last part of files may have wildcards: it is the names of files in one folder. Write a fact"
                                + " for each folder."))
                : Optional.empty();
    }

    private Optional<Diagnostic> atTheEnd(Text text, int last, Runbook runbook) {
        if (text.raw().length() == last) {
            String found = last == 0 ? "files is empty." : "files ends with a folder.";
            return Optional.of(marked(text, text.origin().span(), found + ADVICE));
        }
        return Tags.of(text).stream()
                .filter(tag -> tag.start() == last && tag.end() == text.raw().length())
                .filter(tag -> isPath(runbook.variables().get(tag.path())))
                .findFirst()
                .map(tag -> marked(
                        text,
                        text.origin().span(tag.start(), tag.end()),
                        "files ends with the path " + tag + ", and no file is named." + ADVICE));
    }

    private static boolean isPath(Variable variable) {
        return variable != null && variable.type() == VariableType.PATH;
    }

    private Diagnostic marked(Text text, Span span, String message) {
        return finding(about().severity(), text.origin(), span, message);
    }

    /** The text at the same offsets, with letters where tags are: a tag has separators of its own. */
    private static String withoutTags(Text text) {
        StringBuilder visible = new StringBuilder(text.raw());
        for (Tag tag : Tags.of(text)) {
            visible.replace(tag.start(), tag.end(), "x".repeat(tag.end() - tag.start()));
        }
        return visible.toString();
    }
}
