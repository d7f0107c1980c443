package dev.runbook.rule.text;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.diagnostic.Position;
import dev.runbook.diagnostic.Severity;
import dev.runbook.model.ActionSpec;
import dev.runbook.model.FactSource;
import dev.runbook.model.Runbook;
import dev.runbook.model.Text;
import dev.runbook.model.Texts;
import dev.runbook.model.Written;
import dev.runbook.rule.About;
import dev.runbook.rule.Rule;
import dev.runbook.rule.Tasks;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** NULL as T-SQL writes it, where the language knows {@code null} alone and takes everything else for a text. */
public final class UnquotedNull implements Rule {
    private static final About ABOUT = About.error(
                    "unquoted-null", "NULL in a matcher or a parameter is the text NULL, and not null.")
            .because(
                    "Only null in small letters and without quotes is no value. NULL would be compared, or sent, as a text of four"
                            + " letters.")
            .bad("""
                    facts:
                      mgc is not mirrored:
                        server: backup_sql
                        sql: SELECT mirroring_state_desc FROM sys.database_mirroring WHERE database_id = DB_ID(N'mgc')
                        expect: {mirroring_state_desc: NULL}
                    """)
            .good("""
                    facts:
                      mgc is not mirrored:
                        server: backup_sql
                        sql: SELECT mirroring_state_desc FROM sys.database_mirroring WHERE database_id = DB_ID(N'mgc')
                        expect: {mirroring_state_desc: null}
                    """);

    @Override
    public About about() {
        return ABOUT;
    }

    /** What other readers of YAML take for a truth, and this one for a text. */
    private static final Set<String> TRUTHS = Set.of("yes", "no", "on", "off", "true", "false");

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        return Stream.concat(
                        // what is compared with a truth is looked at by the rule of matchers
                        compared(runbook).filter(UnquotedNull::isOne), Stream.concat(asked(runbook), sent(runbook)))
                .flatMap(text -> problem(text).stream())
                .toList();
    }

    private Optional<Diagnostic> problem(Text text) {
        String meant = text.raw() + "' in quotes.";
        if (isOne(text)) {
            return Optional.of(finding(
                    text.origin(),
                    text.raw() + " is a text here. Write null in small letters, or, if the text is meant, '" + meant));
        }
        return TRUTHS.contains(text.raw().toLowerCase(Locale.ROOT)) && isPlain(text)
                ? Optional.of(finding(
                        Severity.HINT,
                        text.origin(),
                        text.origin().span(),
                        text.raw() + " is a text here. Write true or false for a truth, or, if the text is meant, '"
                                + meant))
                : Optional.empty();
    }

    /** Whether it is the word null in other letters, or the sign that YAML has for it, without quotes. */
    public static boolean isOne(Text text) {
        return (text.raw().equalsIgnoreCase("null") || text.raw().equals("~")) && isPlain(text);
    }

    private static boolean isPlain(Text text) {
        Position start = text.origin().position();
        String line = text.origin().source().line(start.line());
        return line.regionMatches(start.column() - 1, text.raw(), 0, text.raw().length());
    }

    private static Stream<Text> compared(Runbook runbook) {
        return runbook.facts().values().stream()
                .flatMap(fact -> Stream.of(fact.where(), fact.expect()))
                .flatMap(Texts::of);
    }

    private static Stream<Text> asked(Runbook runbook) {
        return runbook.facts().values().stream()
                .map(fact -> fact.source())
                .filter(FactSource.Cmdlet.class::isInstance)
                .flatMap(source -> Texts.of((Written) ((FactSource.Cmdlet) source).parameters()));
    }

    private static Stream<Text> sent(Runbook runbook) {
        return Tasks.actions(runbook).flatMap(action -> {
            if (action instanceof ActionSpec.Procedure procedure) {
                return Texts.of((Written) procedure.parameters());
            }
            return action instanceof ActionSpec.Cmdlet cmdlet
                    ? Texts.of((Written) cmdlet.parameters())
                    : Stream.empty();
        });
    }
}
