package dev.runbook.process;

import java.nio.file.Path;

/** One way in which the program can end. Each is brought about with processes of the packaged program. */
enum EndingCase {
    DONE("a run comes to its end", 0, "DONE.", stage -> stage.run(Runbooks.good())),
    FINDINGS("`lint` finds a mistake", 1, "[unknown-key]", stage -> stage.command("lint", Runbooks.invalid())),
    NOT_AS_REQUIRED(
            "`check` finds that a requirement is not so",
            1,
            "nothing",
            stage -> stage.command("check", Runbooks.failingAtOnce(), "--vars", "site.yaml")),
    JOURNAL_CHANGED(
            "`verify-journal` finds a changed line",
            1,
            "Line 3 of",
            stage -> stage.afterChangedJournal("verify-journal")),
    JOURNAL_CHANGED_RESUME(
            "`resume` finds that the journal was changed",
            1,
            "Line 3 of",
            stage -> stage.afterChangedJournal("resume")),
    UNKNOWN_OPTION("an option that there is not", 2, "--nonsense", stage -> stage.run(Runbooks.good(), "--nonsense")),
    NO_RUNBOOK(
            "a runbook that there is not",
            2,
            "There is no runbook",
            stage -> stage.drill().run("run", "nonsense")),
    NO_RUN(
            "a run that there is not",
            2,
            "There is no run",
            stage -> stage.drill().run("resume", "nonsense")),
    INVALID("a runbook with a mistake", 2, "[unknown-key]", stage -> stage.run(Runbooks.invalid())),
    MISSING_VALUE(
            "a variable without a value",
            2,
            "backup_sql",
            stage -> stage.command("run", Runbooks.good(), "--runs", stage.runs())),
    WRONG_VALUE("a value of the wrong type", 2, "copies", stage -> stage.run(Runbooks.good(), "--var", "copies=many")),
    UNKNOWN_STEP(
            "an answer for a step that there is not",
            2,
            "--approve",
            stage -> stage.run(Runbooks.asking(), "--approve", "9=yes")),
    RUNBOOK_CHANGED(
            "`resume` with a runbook in which a finished step is another",
            2,
            "step 1",
            stage -> stage.resumeWith(Runbooks.failing().replace("WITH INIT", "WITH INIT, CHECKSUM"))),
    REQUIREMENT(
            "a requirement does not hold before anything was changed",
            3,
            "this run changed nothing",
            stage -> stage.run(Runbooks.failingAtOnce())),
    UNREACHABLE(
            "a server cannot be reached",
            3,
            "this run changed nothing",
            stage -> stage.runAgainst("address: '127.0.0.1:1'", Runbooks.failingAtOnce())),
    WRONG_PASSWORD(
            "a login is refused", 3, "18456", stage -> stage.runAgainst("password: 'Wrong'", Runbooks.failingAtOnce())),
    WRONG_SERVER(
            "another server answers than the one that was named",
            3,
            "sqlx",
            stage -> stage.runAgainst("server: 'sqlx.litwareinc.com\\RTC'", Runbooks.failingAtOnce())),
    ROLLED_BACK(
            "a failure, and all is taken back",
            3,
            "ROLLED BACK",
            stage -> stage.run(Runbooks.failing(), "--on-failure", "rollback")),
    FAILED_CHANGED(
            "a failure, and changes remain", 4, "changes of this run remain", stage -> stage.run(Runbooks.failing())),
    NOT_ROLLED_BACK(
            "a failure, and something could not be taken back",
            4,
            "Something could not be taken back.",
            stage -> stage.run(Runbooks.failing("{by-hand: delete the file}"), "--on-failure", "rollback")),
    OUTPUT_LOST("`plan` into a full disk", 74, "The output could not be written", stage -> stage.intoFullDisk("plan")),
    OUTPUT_LOST_RUN(
            "a run comes to its end, and its output goes into a full disk",
            0,
            "The run goes on: its journal has all",
            stage -> stage.intoFullDisk("run")),
    DISK_FULL(
            "`run` into a folder on a full disk",
            74,
            "Nothing was begun.",
            stage -> stage.onFullDisk("run", Runbooks.asking())),
    OUTPUT_CUT("`plan` into a pipe whose reader has seen enough", 0, "", stage -> stage.intoShortPipe("plan")),
    DECLINED("an answer is not yes", 5, "DECLINED", stage -> stage.run(Runbooks.asking(), "--approve", "1=no")),
    PAUSED("somebody pauses at a failure", 6, "PAUSED", stage -> stage.run(Runbooks.failing(), "--decide", "2=pause")),
    IN_DOUBT("nobody knows whether a step happened", 6, "--decide 1=retry", EndingStage::killAndResume),
    UNFINISHED(
            "an unfinished run of the same runbook lies there",
            6,
            "An unfinished run of this runbook lies here.",
            stage -> stage.again(Runbooks.failing())),
    DISK_FULL_RESUME(
            "`resume` in a folder on a full disk",
            6,
            "the run is as it was",
            stage -> stage.onFullDisk("resume", Runbooks.asking())),
    NO_TERMINAL("a question, and no terminal", 7, "Shall it be?", stage -> stage.run(Runbooks.asking())),
    BUSY(
            "`resume`, and another process has the run",
            75,
            "is being worked on by",
            stage -> stage.whileUnderWay("resume")),
    BUSY_START(
            "`run`, and a run of the same runbook is under way there",
            75,
            "is under way now",
            stage -> stage.whileUnderWay("run")),
    BUSY_ESTATE(
            "`run`, and another run has the servers",
            75,
            "Another run works on this server",
            stage -> stage.whileUnderWay("run --runs elsewhere")),
    INTERRUPTED("Ctrl-C, or a request to end (SIGTERM)", 130, "INTERRUPTED", EndingStage::interrupt);

    private final String what;
    private final int exit;
    private final String says;
    private final Scene scene;

    EndingCase(String what, int exit, String says, Scene scene) {
        this.what = what;
        this.exit = exit;
        this.says = says;
        this.scene = scene;
    }

    /** Brings an ending about. */
    private interface Scene {
        Program.Ended play(EndingStage stage);
    }

    Program.Ended play(Drill drill, Path folder) {
        return scene.play(new EndingStage(drill, folder, name()));
    }

    int exit() {
        return exit;
    }

    /** What it says, among other things. */
    String says() {
        return says;
    }

    /** A row of the table for people. */
    String row() {
        return "| %s | %d |".formatted(what, exit);
    }
}
