package dev.runbook.endpoint.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.Reachability;
import dev.runbook.endpoint.Reachability.Finding;
import dev.runbook.windows.WindowsError;
import dev.runbook.windows.WindowsFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code reachable} makes of a path for which Windows says no. */
class ReachedPathTest {
    private static final String SHARE = "\\\\fs1\\pchatlogs";
    private static final List<WindowsError> GONE = List.of(
            WindowsError.BAD_NETPATH,
            WindowsError.UNEXPECTED_NETWORK_ERROR,
            WindowsError.NETNAME_DELETED,
            WindowsError.SEM_TIMEOUT,
            WindowsError.NETWORK_UNREACHABLE);

    @TempDir
    private Path disk;

    private WindowsFiles windows;

    @BeforeEach
    void make() {
        windows = new WindowsFiles(disk);
        windows.folder(SHARE);
    }

    @ParameterizedTest
    @EnumSource(
            value = WindowsError.class,
            names = {
                "NETWORK_ACCESS_DENIED",
                "BAD_NET_NAME",
                "TOO_MANY_CONNECTIONS",
                "SESSION_CREDENTIAL_CONFLICT",
                "GUEST_LOGON_BLOCKED",
                "NO_LOGON_SERVERS",
                "LOGON_FAILURE"
            })
    void aShareWhoseServerAnswersAndRefusesCannotBeAskedAndSaysWhy(WindowsError reason) {
        Failure failure = failure(reach(reason, Finding.OPEN));
        assertThat(failure.code()).isEqualTo("file-system");
        assertThat(failure.message()).contains(SHARE, reason.text());
        assertThat(failure.details()).containsExactly("fs1:445: somebody listens");
    }

    @ParameterizedTest
    @CsvSource({"REFUSED", "SILENT", "NO_WAY"})
    void aShareWhoseServerIsProvedNotToBeThereIsNotThere(Finding finding) {
        for (WindowsError gone : GONE) {
            assertThat(reach(gone, finding)).as(gone.text()).isEqualTo(Answer.nothing());
        }
    }

    @ParameterizedTest
    @CsvSource({"OPEN", "NO_SUCH_NAME", "NOT_DIALLED"})
    void aShareWhoseServerIsNotProvedToBeGoneCannotBeAsked(Finding finding) {
        for (WindowsError gone : GONE) {
            assertThat(failure(reach(gone, finding)).details())
                    .as(gone.text())
                    .containsExactly("fs1:445: " + finding.words());
        }
    }

    @Test
    void aFolderThatTheServerDoesNotHaveIsNotThere() {
        assertThat(reach(WindowsError.FILE_NOT_FOUND, Finding.OPEN)).isEqualTo(Answer.nothing());
    }

    @Test
    void aFolderThatRefusesCannotBeAsked() {
        assertThat(failure(reach(WindowsError.ACCESS_DENIED, Finding.SILENT)).code())
                .isEqualTo("access-denied");
    }

    @Test
    void aDriveThatCannotBeLookedAtCannotBeAsked() {
        windows.folder("Z:\\");
        windows.say("Z:\\", WindowsError.NOT_READY);
        assertThat(failure(new LocalFiles(windows).reach("Z:\\logs", Limits.none()))
                        .message())
                .contains(WindowsError.NOT_READY.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\\\fs1\\pchatlogs", "D:\\pchatlogs"})
    void aPathOfWindowsCannotBeAskedFromAnotherSystem(String path) {
        LocalFiles files = new LocalFiles(Jimfs.newFileSystem(Configuration.unix()));
        Failure failure = failure(files.reach(path, Limits.none()));
        assertThat(failure.code()).isEqualTo("bad-path");
        assertThat(failure.message()).contains(path, "cannot be asked from here");
        assertThat(failure(files.list(path + "\\*", Limits.none())).code()).isEqualTo("bad-path");
    }

    private Answer reach(WindowsError said, Finding server) {
        windows.say(SHARE, said);
        return new LocalFiles(windows, path -> Optional.of(new Reachability(server, "fs1:445", "")))
                .reach(SHARE, Limits.none());
    }

    private static Failure failure(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Failed.class);
        return ((Answer.Failed) answer).failure();
    }
}
