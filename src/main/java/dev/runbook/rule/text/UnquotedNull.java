package dev.runbook.rule.text;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.diagnostic.Position;
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

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        return Stream.of(compared(runbook), asked(runbook), sent(runbook))
                .flatMap(texts -> texts)
                .filter(UnquotedNull::isOne)
                .map(text -> finding(
                        text.origin(),
                        text.raw() + " is a text here. Write null in small letters, or, if the text is meant, '"
                                + text.raw() + "' in quotes."))
                .toList();
    }

    /** Whether it is the word null in other letters, without quotes. */
    public static boolean isOne(Text text) {
        if (!text.raw().equalsIgnoreCase("null")) {
            return false;
        }
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
