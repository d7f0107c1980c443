package dev.runbook.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where one ending is brought about: a folder of runs of its own, and an estate that all share.
 *
 * @param drill the estate, and the commands against it
 * @param folder in which commands are run
 * @param runs the name of the folder of runs
 */
record EndingStage(Drill drill, Path folder, String runs) {
    /** Runs a runbook with all its values. */
    Program.Ended run(String runbook, String... more) {
        List<String> options = new ArrayList<>(List.of("--vars", "site.yaml", "--runs", runs));
        options.addAll(Arrays.asList(more));
        return command("run", runbook, options.toArray(String[]::new));
    }

    /** A command about a runbook. */
    Program.Ended command(String command, String runbook, String... more) {
        List<String> line = new ArrayList<>(List.of(command, drill.write(runs + ".yaml", runbook)));
        line.addAll(Arrays.asList(more));
        return drill.run(line.toArray(String[]::new));
    }

    /** Runs a runbook that fails, and again. */
    Program.Ended again(String runbook) {
        run(runbook);
        return run(runbook);
    }

    /** Runs against the backup server with one of its settings changed. */
    Program.Ended runAgainst(String setting, String runbook) {
        String key = setting.substring(0, setting.indexOf(':'));
        String site = read(folder.resolve("site.yaml"));
        String server = site.lines()
                .filter(line -> line.startsWith("backup_sql: "))
                .findFirst()
                .orElseThrow()
                .replaceFirst(key + ": (\\{[^}]*}|'[^']*')", setting.replace("\\", "\\\\"));
        write(folder.resolve(runs + "-site.yaml"), server + "\n");
        return run(runbook, "--vars", runs + "-site.yaml");
    }

    /** Resumes a run that failed behind its first step, with another runbook. */
    Program.Ended resumeWith(String runbook) {
        run(Runbooks.failing());
        String edited = drill.write(runs + "-edited.yaml", runbook);
        return drill.run("resume", theRun(), "--vars", "site.yaml", "--runbook", edited);
    }

    /** Changes a word of the second line of a journal, then asks for the command. */
    Program.Ended afterChangedJournal(String command) {
        run(Runbooks.asking());
        Path journal = Path.of(theRun()).resolve("journal.jsonl");
        String[] lines = read(journal).split("\n");
        lines[2] = lines[2].replace("step-begun", "step-done");
        write(journal, String.join("\n", lines) + "\n");
        return drill.run(command, theRun());
    }

    /** Kills a run in its one step, of which nothing tells whether it happened, and resumes it. */
    Program.Ended killAndResume() {
        try (Program run = begin(Runbooks.doubtful())) {
            run.await(": BACKUP DATABASE");
            run.kill();
        }
        return drill.run("resume", theRun(), "--vars", "site.yaml");
    }

    /** What a command is told while another process works on the run. */
    Program.Ended whileUnderWay(String command) {
        try (Program run = begin(Runbooks.twoBackups())) {
            run.await(": BACKUP DATABASE").signal("STOP");
            String options = command.equals("run") ? " --runs " + runs : "";
            String what = command.equals("resume") ? theRun() : runs + ".yaml";
            Program.Ended second = drill.run(command.replaceFirst("^\\w+", "$0 " + what)
                    .concat(options + " --vars site.yaml")
                    .split(" "));
            run.kill();
            return second;
        }
    }

    /** A command on a disk that takes no file of the size of this runbook. */
    Program.Ended onFullDisk(String command, String runbook) {
        String large = runbook + ("# " + "x".repeat(100) + "\n").repeat(1_000);
        String file = drill.write(runs + "-large.yaml", large);
        if (command.equals("resume")) {
            run(runbook);
        }
        List<String> line = new ArrayList<>(List.of("bash", "-c", "ulimit -f 60; exec \"$0\" \"$@\""));
        line.addAll(
                command.equals("resume")
                        ? Program.line("resume", theRun(), "--runbook", file)
                        : Program.line("run", file, "--runs", runs));
        try (Program program = Program.start(folder, line)) {
            return program.end();
        }
    }

    /** Asks a run to end while its step is under way. */
    Program.Ended interrupt() {
        try (Program run = begin(Runbooks.twoBackups())) {
            run.await(": BACKUP DATABASE");
            run.signal("TERM");
            return run.end();
        }
    }

    /** What a command says besides, and ends with, when its output can go nowhere. */
    Program.Ended intoFullDisk(String command) {
        return shell(words(command) + " > /dev/full");
    }

    /** The same with a reader that is gone at once; its exit code is the command's. */
    Program.Ended intoShortPipe(String command) {
        return shell("{ " + words(command) + "; echo $? > code; } | true; exit $(cat code)");
    }

    private String words(String command) {
        String options = command.equals("run") ? " --runs " + runs : "";
        return String.join(" ", Program.line(command, drill.write(runs + ".yaml", Runbooks.good())))
                + " --vars site.yaml" + options;
    }

    private Program.Ended shell(String line) {
        try (Program shell = Program.start(folder, List.of("sh", "-c", line))) {
            return shell.end();
        }
    }

    private Program begin(String runbook) {
        return drill.begin("run", drill.write(runs + ".yaml", runbook), "--vars", "site.yaml", "--runs", runs);
    }

    private String theRun() {
        return drill.runs(runs).get(0).toString();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
