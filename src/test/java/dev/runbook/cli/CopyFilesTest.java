package dev.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.terminal.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of a run and their way back, on real folders: what is copied, what is deleted again, what is said of it. */
class CopyFilesTest {
    private static final String RUNBOOK = """
        runbook: copies
        title: Copies
        variables:
          log_share: {type: path, description: folder to copy from}
          copy_share: {type: path, description: folder to copy to}
          databases: {type: list, items: identifier, description: databases, default: [mgc]}
          name: {type: text, description: a name, default: mgc}
          password: {type: secret, description: a secret, default: hush-hush-1}
        facts:
          file that nobody has: {files: '{{copy_share}}/*.nothing'}
        steps:
          - step: 1
            title: Copy
            copy-files: {from: '{{log_share}}', to: '{{copy_share}}', include: '*.trn'}
          - step: 2
            title: Fail
            require: file that nobody has
        """;

    @TempDir
    Path folder;

    private Path from;
    private Path to;
    private CommandLineRunner runner;

    @BeforeEach
    void makeFolders() throws IOException {
        from = Files.createDirectory(folder.resolve("from"));
        to = Files.createDirectory(folder.resolve("to"));
        runner = new CommandLineRunner(folder);
    }

    @Test
    void rollbackDeletesWhatTheRunCopiedAndNamesWhatItLeaves() throws IOException {
        write(from, "a.trn", "aaa");
        write(from, "b.trn", "bbb");
        write(from, "c.trn", "ccc");
        write(to, "c.trn", "an older c");
        assertThat(run(RUNBOOK).exit()).isEqualTo(ExitCode.FAILED_CHANGED);
        write(to, "b.trn", "BBB");
        write(to, "d.trn", "of somebody else");

        CommandLineRunner.Result back = runner.run("rollback", id(), "--go");

        assertThat(names(to)).containsExactly("b.trn", "c.trn", "d.trn");
        assertThat(back.out())
                .contains("1 copied file deleted")
                .contains("changed since it was copied, so left as it is: " + to.resolve("b.trn"))
                .contains("stood there before in another form, so left as it is: " + to.resolve("c.trn"))
                .doesNotContain("d.trn");
    }

    @Test
    void rollbackNamesEachFileBeforeItDeletesAny() throws IOException {
        write(from, "a.trn", "aaa");
        write(from, "b.trn", "bbb");
        run(RUNBOOK);

        assertThat(runner.run("rollback", id()).out())
                .contains(to.resolve("a.trn").toString())
                .contains(to.resolve("b.trn").toString());
        assertThat(names(to)).containsExactly("a.trn", "b.trn");
    }

    @Test
    void theJournalHasADeletionBeforeItHappens() throws IOException {
        write(from, "a.trn", "aaa");
        run(RUNBOOK);
        runner.run("rollback", id(), "--go");

        List<String> lines = Files.readAllLines(journal());
        int sent = index(lines, "\"event\":\"sent\"", "delete, as far as it is what this run copied: a.trn");
        assertThat(sent).isGreaterThan(index(lines, "\"event\":\"attempt-started\"", "\"undo\":1"));
        assertThat(index(lines, "\"event\":\"step-undone\"", "1 copied file deleted"))
                .isGreaterThan(sent);
    }

    @Test
    void aFolderThatIsGoneLeavesTheStepNotTakenBack() throws IOException {
        write(from, "a.trn", "aaa");
        run(RUNBOOK);
        Files.move(to, folder.resolve("not-mounted"));

        CommandLineRunner.Result back = runner.run("rollback", id(), "--go");

        assertThat(back.exit()).isNotEqualTo(ExitCode.FAILED_UNCHANGED);
        assertThat(back.out()).contains("There is no such folder").doesNotContain("copied file deleted");
        assertThat(folder.resolve("not-mounted/a.trn")).exists();
    }

    @Test
    void aJournalThatNamesAnotherFileDeletesNothing() throws IOException {
        write(from, "a.trn", "aaa");
        Path victim = write(folder, "victim.trn", "aaa");
        run(RUNBOOK);
        forge(to.resolve("a.trn").toString(), victim.toString());

        CommandLineRunner.Result back = runner.run("rollback", id(), "--go");

        assertThat(back.out()).contains("Nothing was deleted").contains(victim.toString());
        assertThat(victim).exists();
        assertThat(to.resolve("a.trn")).exists();
    }

    @Test
    void nothingIsCopiedWhereTheJournalWouldHideThePath() throws IOException {
        Path hidden = Files.createDirectory(folder.resolve("x-hush-hush-1-y"));
        write(from, "a.trn", "aaa");

        CommandLineRunner.Result result =
                runner.run("run", file(RUNBOOK), "--var", "log_share=" + from, "--var", "copy_share=" + hidden);

        assertThat(result.out()).contains("The text of a secret of this site is part of the path");
        assertThat(names(hidden)).isEmpty();
    }

    @Test
    void copiesForEachItemAndTakesAllOfThemBack() throws IOException {
        write(from, "mgc_1.trn", "1");
        write(from, "other_1.trn", "2");
        write(from, "third_1.trn", "3");
        String runbook = RUNBOOK.replace("    title: Copy\n", "    title: Copy\n    for-each: databases\n")
                .replace("'*.trn'", "'{{each}}_*.trn'");

        assertThat(run(runbook, "--var", "databases=mgc,other").exit()).isEqualTo(ExitCode.FAILED_CHANGED);
        assertThat(names(to)).containsExactly("mgc_1.trn", "other_1.trn");

        assertThat(runner.run("rollback", id(), "--go").out()).contains("2 copied files deleted");
        assertThat(names(to)).isEmpty();
    }

    @Test
    void anEmptySourceFailsBeforeAnythingIsDone() throws IOException {
        write(from, "a.bak", "no log backup");

        CommandLineRunner.Result result = run(RUNBOOK);

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED_UNCHANGED);
        assertThat(result.out())
                .contains("No file in " + from + " matches *.trn")
                .doesNotContain("already done");
    }

    @Test
    void anEmptySourceThatIsAllowedIsDone() throws IOException {
        CommandLineRunner.Result result =
                run(RUNBOOK.replace("include: '*.trn'", "include: '*.trn', may-be-empty: true"));

        assertThat(result.out()).contains("already done");
    }

    @Test
    void checkSaysOfACopyWhatARunWouldFind() throws IOException {
        assertThat(check().out()).contains("cannot begin").contains("No file in " + from + " matches *.trn");

        write(from, "a.trn", "aaa");
        assertThat(check().out()).contains("to do").doesNotContain("cannot begin      1");

        write(to, "a.trn", "aaa");
        assertThat(check().out()).contains("already done");
        assertThat(names(to)).containsExactly("a.trn");
    }

    private CommandLineRunner.Result check() throws IOException {
        return runner.run("check", file(RUNBOOK), "--var", "log_share=" + from, "--var", "copy_share=" + to);
    }

    @Test
    void saysWhatItDoesNotCopy() throws IOException {
        write(from, "a.trn", "aaa");
        write(Files.createDirectory(from.resolve("sub.trn")), "b.trn", "bbb");

        assertThat(run(RUNBOOK).out()).contains("1 file to copy; left out: sub.trn (a folder)");
    }

    @Test
    void aValueThatIsNoPathNeverChoosesAFolder() throws IOException {
        write(from, "a.trn", "aaa");
        Files.createDirectory(folder.resolve("elsewhere"));
        String runbook = RUNBOOK.replace("to: '{{copy_share}}'", "to: '{{copy_share}}/{{name}}'");

        for (String name : List.of("../elsewhere", "..", "*", "C:", "..\\elsewhere")) {
            CommandLineRunner.Result result = run(runbook, "--var", "name=" + name);

            assertThat(result.out()).as(name).contains("can only be one name");
            assertThat(names(folder.resolve("elsewhere"))).as(name).isEmpty();
        }
    }

    @Test
    void aFolderInThePatternIsRefusedByLint() throws IOException {
        CommandLineRunner.Result result =
                runner.run("lint", file(RUNBOOK.replace("include: '*.trn'", "include: 'sub/*.trn'")));

        assertThat(result.exit()).isNotEqualTo(ExitCode.DONE);
        assertThat(result.out() + result.err()).contains("is a pattern of names");
    }

    private CommandLineRunner.Result run(String runbook, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("run", file(runbook), "--new", "--var", "log_share=" + from, "--var", "copy_share=" + to));
        arguments.addAll(List.of(more));
        return runner.run(arguments.toArray(String[]::new));
    }

    private String file(String runbook) throws IOException {
        Files.writeString(folder.resolve("copies.yaml"), runbook);
        return "copies.yaml";
    }

    private String id() throws IOException {
        return journal().getParent().getFileName().toString();
    }

    private Path journal() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("runs"))) {
            return all.filter(path -> path.getFileName().toString().equals("journal.jsonl"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** What somebody does who may write to the folder of the run and knows how a journal is chained. */
    private void forge(String written, String wanted) throws IOException {
        String before = "0".repeat(64);
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(journal())) {
            String content = line.substring(0, line.lastIndexOf(",\"hash\":\"")) + "}";
            content = content.replace(written, wanted);
            before = sha256(before + content);
            lines.add(content.substring(0, content.length() - 1) + ",\"hash\":\"" + before + "\"}");
        }
        Files.writeString(journal(), String.join("\n", lines) + "\n");
        Files.writeString(
                journal().resolveSibling("journal.jsonl.last"), String.format("%019d %s%n", lines.size(), before));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static int index(List<String> lines, String... parts) {
        for (int i = 0; i < lines.size(); i++) {
            if (Stream.of(parts).allMatch(lines.get(i)::contains)) {
                return i;
            }
        }
        throw new AssertionError(String.join(" and ", parts) + " in no line of " + lines);
    }

    private static Path write(Path folder, String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
