package dev.runbook.rule;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Span;
import dev.runbook.language.Expectation;
import dev.runbook.language.Fact;
import dev.runbook.language.Runbook;
import dev.runbook.language.Task;
import dev.runbook.language.Text;
import dev.runbook.language.Variable;
import dev.runbook.template.Tag;
import dev.runbook.tsql.Token;
import dev.runbook.tsql.Tokenizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Patterns of files. */
final class FilePatterns {
    private FilePatterns() {}

    /** {@code copy-files} with a pattern that takes backups which are still being written. */
    static final class HalfWrittenFile extends Rule {
        private static final String HALF_WRITTEN = "mgc_20260101000000.wrk";

        HalfWrittenFile() {
            super(About.warning(
                            "half-written-file",
                            "copy-files takes *.wrk, the files that log shipping has not finished.")
                    .because("The backup job and the copy job write .wrk and rename to .trn when the file is whole"
                            + " (message 32029). The program leaves .wrk out whatever the pattern says; the"
                            + " pattern should not promise otherwise.")
                    .bad("""
                        steps:
                          - step: 2
                            title: Copy the log backups
                            copy-files: {from: '{{log_share}}', to: '{{copy_dir}}', include: 'mgc_*'}
                            retry: 3
                        """)
                    .good("""
                        steps:
                          - step: 2
                            title: Copy the log backups
                            copy-files: {from: '{{log_share}}', to: '{{copy_dir}}', include: 'mgc_*.trn'}
                            retry: 3
                        """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            return Tasks.actions(runbook)
                    .filter(Task.Action.CopyFiles.class::isInstance)
                    .map(copy -> ((Task.Action.CopyFiles) copy).include())
                    .filter(HalfWrittenFile::takesIt)
                    .map(include -> finding(
                            include.origin(),
                            "\"" + include
                                    + "\" takes .wrk too: files that are still being written, and that are never"
                                    + " copied. Name the ending, such as mgc_*.trn."))
                    .toList();
        }

        private static boolean takesIt(Text include) {
            String regex = Pattern.quote(include.raw()).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
            boolean ending = include.raw().toLowerCase(Locale.ROOT).endsWith(".wrk");
            return !include.hasTags() && (ending || HALF_WRITTEN.matches(regex));
        }
    }

    /** A fact about files that names a folder and no files in it, or has its wildcards in the folder's name. */
    static final class FilesPattern extends Rule {
        private static final String ADVICE = " Write a pattern behind it, such as \\mgc_*.trn, or \\* for every file.";

        FilesPattern() {
            super(About.error("files-pattern", "files has no pattern in its last part, or one in another part.")
                    .because("The last part of files is held against the names of files. Where it is a folder there is"
                            + " no such file: the fact has no rows, and every condition that says no before it"
                            + " would be true.")
                    .bad("""
                        facts:
                          old log backups: {files: '{{log_share}}'}
                        """)
                    .good("""
                        facts:
                          old log backups: {files: '{{log_share}}\\mgc_*'}
                        """));
        }

        @Override
        public List<Diagnostic> check(Runbook runbook) {
            return runbook.facts().values().stream()
                    .map(Fact::source)
                    .filter(Fact.Source.Files.class::isInstance)
                    .map(source -> ((Fact.Source.Files) source).pattern())
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
                            "Only the last part of files may have wildcards: it is the names of files in one folder."
                                    + " Write a fact for each folder."))
                    : Optional.empty();
        }

        private Optional<Diagnostic> atTheEnd(Text text, int last, Runbook runbook) {
            if (text.raw().length() == last) {
                String found = last == 0 ? "files is empty." : "files ends with a folder.";
                return Optional.of(marked(text, text.origin().span(), found + ADVICE));
            }
            return Tag.in(text).stream()
                    .filter(tag ->
                            tag.start() == last && tag.end() == text.raw().length())
                    .filter(tag -> isPath(runbook.variables().get(tag.path())))
                    .findFirst()
                    .map(tag -> marked(
                            text,
                            text.origin().span(tag.start(), tag.end()),
                            "files ends with the path " + tag + ", and no file is named." + ADVICE));
        }

        private static boolean isPath(Variable variable) {
            return variable != null && variable.type() == Variable.Type.PATH;
        }

        private Diagnostic marked(Text text, Span span, String message) {
            return finding(about().severity(), text.origin(), span, message);
        }

        /** The text at the same offsets, with letters where tags are: a tag has separators of its own. */
        private static String withoutTags(Text text) {
            StringBuilder visible = new StringBuilder(text.raw());
            for (Tag tag : Tag.in(text)) {
                visible.replace(tag.start(), tag.end(), "x".repeat(tag.end() - tag.start()));
            }
            return visible.toString();
        }
    }

    /** A pattern that is meant for the database mgc, and takes the compliance database mgccomp too. */
    static final class BothDatabases extends Rule {
        private static final String OURS = "mgc";
        private static final List<String> OTHERS =
                List.of("mgccomp", "mgccomp_20260101000000.trn", "mgccomp.bak", "mgccomp.mdf");
        private static final String ADVICE = " takes mgccomp too. ";

        BothDatabases() {
            super(About.warning("both-databases", "A pattern for mgc takes the compliance database mgccomp too.")
                    .because(
                            "mgccomp is mirrored and never log shipped. A pattern such as mgc* copies its backups along,"
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
            return Stream.of(copied, asked, compared)
                    .flatMap(findings -> findings)
                    .toList();
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
                            .anyMatch(other ->
                                    regex(pattern, any, one).matcher(other).matches());
        }

        private static Pattern regex(String pattern, char any, char one) {
            StringBuilder regex = new StringBuilder();
            for (char c : pattern.toCharArray()) {
                regex.append(c == any ? ".*" : c == one ? "." : Pattern.quote(String.valueOf(c)));
            }
            return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE);
        }
    }
}
