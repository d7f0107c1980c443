package dev.runbook.rule;

import dev.runbook.base.Diagnostic;
import dev.runbook.language.Expectation;
import dev.runbook.language.Fact;
import dev.runbook.language.Runbook;
import dev.runbook.language.Task;
import dev.runbook.language.Text;
import dev.runbook.tsql.Token;
import dev.runbook.tsql.Tokenizer;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A pattern that is meant for the database mgc, and takes the compliance database mgccomp too. */
final class BothDatabases extends Rule {
    private static final String OURS = "mgc";
    private static final List<String> OTHERS =
            List.of("mgccomp", "mgccomp_20260101000000.trn", "mgccomp.bak", "mgccomp.mdf");
    private static final String ADVICE = " takes mgccomp too. ";

    BothDatabases() {
        super(About.warning("both-databases", "A pattern for mgc takes the compliance database mgccomp too.")
                .because("mgccomp is mirrored and never log shipped. A pattern such as mgc* copies its backups along,"
                        + " and LIKE 'mgc%' ends the connections of its users. In LIKE, _ stands for any"
                        + " character.")
                .bad("""
                    facts:
                      log backups: {files: '{{log_share}}\\mgc*.trn'}
                      connections to mgc:
                        server: backup_sql
                        sql: SELECT spid FROM sys.sysprocesses WHERE DB_NAME(dbid) LIKE N'mgc%'
                    """)
                .good("""
                    facts:
                      log backups: {files: '{{log_share}}\\mgc_*.trn'}
                      connections to mgc:
                        server: backup_sql
                        sql: SELECT spid FROM sys.sysprocesses WHERE dbid = DB_ID(N'mgc')
                    """));
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        Stream<Diagnostic> copied = Tasks.actions(runbook)
                .filter(Task.Action.CopyFiles.class::isInstance)
                .flatMap(copy -> glob(((Task.Action.CopyFiles) copy).include()));
        Stream<Diagnostic> asked = runbook.facts().values().stream().flatMap(this::patterns);
        Stream<Diagnostic> compared = Tasks.Batches.of(runbook).flatMap(this::likes);
        return Stream.of(copied, asked, compared).flatMap(findings -> findings).toList();
    }

    private Stream<Diagnostic> patterns(Fact fact) {
        Stream<Text> matchers = Stream.of(fact.where(), fact.expect())
                .map(Expectation::columns)
                .flatMap(List::stream)
                .map(Expectation.Column::matcher)
                .filter(Expectation.Matcher.Like.class::isInstance)
                .map(like -> ((Expectation.Matcher.Like) like).pattern());
        Stream<Text> files =
                fact.source() instanceof Fact.Source.Files folder ? Stream.of(folder.pattern()) : Stream.empty();
        return Stream.concat(matchers, files).flatMap(this::glob);
    }

    /** A pattern with * and ?, the folder before it left out. */
    private Stream<Diagnostic> glob(Text text) {
        String raw = text.raw();
        int start = Math.max(raw.lastIndexOf('/'), raw.lastIndexOf('\\')) + 1;
        if (!takesBoth(raw.substring(start), '*', '?')) {
            return Stream.empty();
        }
        return Stream.of(finding(
                Diagnostic.Severity.WARNING,
                text.origin(),
                text.origin().span(start, raw.length()),
                "\"" + raw.substring(start) + "\"" + ADVICE + "Write mgc_*, as log shipping names its files."));
    }

    private Stream<Diagnostic> likes(Text sql) {
        List<Token> tokens = Tokenizer.significant(sql.raw());
        return IntStream.range(1, tokens.size())
                .filter(at -> tokens.get(at - 1).isWord("LIKE")
                        && tokens.get(at).kind().isString())
                .mapToObj(tokens::get)
                .filter(pattern -> takesBoth(pattern.value(), '%', '_'))
                .map(pattern -> finding(
                        sql,
                        pattern,
                        "LIKE " + pattern.text() + ADVICE + "Compare with = N'mgc', or write [_] for _."));
    }

    private static boolean takesBoth(String pattern, char any, char one) {
        boolean ours = pattern.regionMatches(true, 0, OURS, 0, OURS.length()) && !pattern.contains("{{");
        return ours
                && OTHERS.stream()
                        .anyMatch(
                                other -> regex(pattern, any, one).matcher(other).matches());
    }

    private static Pattern regex(String pattern, char any, char one) {
        StringBuilder regex = new StringBuilder();
        for (char c : pattern.toCharArray()) {
            regex.append(c == any ? ".*" : c == one ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE);
    }
}
