package dev.runbook.endpoint.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.Cancellation;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Failure.Kind;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.Progress;
import dev.runbook.value.Row;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFilesTest {
    private static final String SHARE = "\\\\fs1\\pchatlogs";
    private static final String COPIES = "D:\\copies";
    private static final int CHUNK = 1 << 20;

    private final FileSystem windows = Jimfs.newFileSystem(Configuration.windows().toBuilder()
            .setRoots("C:\\", "D:\\", "\\\\fs1\\pchatlogs\\")
            .setMaxSize(64L << 20)
            .build());
    private final LocalFiles files = new LocalFiles(windows);

    @BeforeEach
    void makeFolders() throws IOException {
        Files.createDirectories(windows.getPath(COPIES));
    }

    @AfterEach
    void forget() throws IOException {
        windows.close();
    }

    @Test
    void listsTheFilesOfAShareByNameWithoutRegardToCase() throws IOException {
        write(SHARE + "\\mgc_2.trn", "two");
        write(SHARE + "\\MGC_1.TRN", "one");
        write(SHARE + "\\mgccomp_1.trn", "other");
        Files.createDirectories(windows.getPath(SHARE + "\\mgc_3.trn"));

        List<Row> rows = rows(files.list("\\\\fs1/pchatlogs\\mgc_?.trn", Limits.none()));

        assertThat(texts(rows, "name")).containsExactly("MGC_1.TRN", "mgc_2.trn");
        assertThat(texts(rows, "size")).containsExactly("3", "3");
        assertThat(texts(rows, "path")).containsExactly(SHARE + "\\MGC_1.TRN", SHARE + "\\mgc_2.trn");
        assertThat(rows.get(0).names()).containsExactly("name", "path", "size", "modified");
    }

    @Test
    void tellsTheMomentOfTheLastChangeInUtc() throws IOException {
        Path file = write(SHARE + "\\a.trn", "x");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-11-21T03:12:09.123Z")));

        assertThat(texts(rows(files.list(SHARE + "\\*", Limits.none())), "modified"))
                .containsExactly("2026-11-21 03:12:09.123");
    }

    @Test
    void splitsBackslashesOnUnixToo(@TempDir Path folder) throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("logs")).resolve("mgc_1.trn"), "x");

        Answer answer = LocalFiles.ofThisComputer().list(folder + "\\logs\\mgc_*.trn", Limits.none());

        assertThat(texts(rows(answer), "name")).containsExactly("mgc_1.trn");
    }

    @Test
    void aMissingFolderIsAFailureAndNotAnEmptyList() {
        Failure failure = failure(files.list("D:\\nowhere\\*.trn", Limits.none()));

        assertThat(failure.code()).isEqualTo("no-such-folder");
        assertThat(failure.kind()).isEqualTo(Kind.LASTING);
        assertThat(failure.isUnknown()).isFalse();
        assertThat(failure.message()).contains("D:\\nowhere");
    }

    @Test
    void aFileInPlaceOfAFolderIsAFailure() throws IOException {
        write("D:\\file", "x");

        assertThat(failure(files.list("D:\\file\\*", Limits.none())).code()).isEqualTo("not-a-folder");
    }

    @Test
    void aFolderWithoutAPatternIsAFailureAndNotAnEmptyList() throws IOException {
        write(SHARE + "\\mgc_1.trn", "one");

        for (String pattern : List.of(SHARE + "\\", COPIES, COPIES + "/", "")) {
            Failure failure = failure(files.list(pattern, Limits.none()));
            assertThat(failure.code()).as(pattern).isEqualTo("no-pattern");
            assertThat(failure.message()).contains("\"" + pattern + "\"");
        }
        assertThat(texts(rows(files.list(SHARE + "\\mgc_1.trn", Limits.none())), "name"))
                .containsExactly("mgc_1.trn");
    }

    @Test
    void aPathThatCannotBeIsAFailure() {
        assertThat(failure(files.list("D:\\a<b\\*", Limits.none())).code()).isEqualTo("bad-path");
    }

    @Test
    void aForbiddenFolderIsAFailureOfAccess(@TempDir Path folder) throws IOException {
        Path closed = Files.createDirectory(folder.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        Assumptions.assumeFalse(Files.isReadable(closed), "root may read everything");

        Failure failure = failure(LocalFiles.ofThisComputer().list(closed + "/*", Limits.none()));

        assertThat(failure.kind()).isEqualTo(Kind.ACCESS);
        assertThat(failure.code()).isEqualTo("access-denied");
    }

    @Test
    void reachesWhatIsThere() {
        assertThat(rows(files.reach(COPIES, Limits.none()))).hasSize(1);
        assertThat(rows(files.reach("D:\\nowhere", Limits.none()))).isEmpty();
        assertThat(rows(files.reach("\\\\fs9\\gone", Limits.none()))).isEmpty();
    }

    @Test
    void whatIsAbsentOrOfAnotherSizeIsMissing() throws IOException {
        write(SHARE + "\\mgc_1.trn", "same");
        write(COPIES + "\\MGC_1.trn", "same");
        write(SHARE + "\\mgc_2.trn", "whole");
        write(COPIES + "\\mgc_2.trn", "cut");
        write(SHARE + "\\mgc_3.trn", "new");
        write(SHARE + "\\mgc_4.wrk", "half");
        write(SHARE + "\\mgccomp_1.trn", "other");

        assertThat(texts(rows(files.missing(SHARE, COPIES, "mgc_*", Limits.none())), "name"))
                .containsExactly("mgc_2.trn", "mgc_3.trn");
    }

    @Test
    void nothingIsMissingWhereNothingIsKnown() {
        assertThat(failure(files.missing(SHARE + "\\gone", COPIES, "*", Limits.none()))
                        .code())
                .isEqualTo("no-such-folder");
        assertThat(failure(files.missing(SHARE, "D:\\gone", "*", Limits.none())).code())
                .isEqualTo("no-such-folder");
    }

    @Test
    void copiesWhatIsMissingAndSaysWhatItAdded() throws IOException {
        write(SHARE + "\\mgc_1.trn", "abc");
        write(SHARE + "\\mgc_2.trn", "whole");
        write(COPIES + "\\mgc_2.trn", "cut");

        List<Row> added = rows(files.copy(SHARE, COPIES, "mgc_*", Limits.none()));

        assertThat(texts(added, "name")).containsExactly("mgc_1.trn", "mgc_2.trn");
        assertThat(texts(added, "path")).containsExactly(COPIES + "\\mgc_1.trn", COPIES + "\\mgc_2.trn");
        assertThat(texts(added, "replaced")).containsExactly("false", "true");
        assertThat(texts(added, "sha256")).contains("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(Files.readString(windows.getPath(COPIES + "\\mgc_2.trn"))).isEqualTo("whole");
        assertThat(rows(files.missing(SHARE, COPIES, "mgc_*", Limits.none()))).isEmpty();
        assertThat(names(COPIES)).containsExactly("mgc_1.trn", "mgc_2.trn");
    }

    @Test
    void goesOnWhereACancelledCopyStopped() throws IOException {
        byte[] content = random(3 * CHUNK + 17);
        Files.write(windows.getPath(SHARE + "\\big.trn"), content);
        Cancellation cancellation = new Cancellation();
        Progress stopAfterTheFirst = new Progress() {
            @Override
            public void advanced(long done, long total, String unit) {
                cancellation.request();
            }
        };

        Answer cut = files.copy(SHARE, COPIES, "*", new Limits(Optional.empty(), cancellation, stopAfterTheFirst));

        assertThat(failure(cut).kind()).isEqualTo(Kind.CANCELLED);
        assertThat(names(COPIES)).containsExactly("big.trn.part-runbook");
        assertThat(Files.size(windows.getPath(COPIES + "\\big.trn.part-runbook")))
                .isEqualTo(CHUNK);
        assertThat(rows(files.copy(SHARE, COPIES, "*", Limits.none()))).hasSize(1);
        assertThat(Files.readAllBytes(windows.getPath(COPIES + "\\big.trn"))).isEqualTo(content);
        assertThat(names(COPIES)).containsExactly("big.trn");
    }

    @Test
    void doesNotTrustAPartialFileThatDiffersFromTheSource() throws IOException {
        byte[] content = random(2 * CHUNK);
        Files.write(windows.getPath(SHARE + "\\big.trn"), content);
        Files.write(windows.getPath(COPIES + "\\big.trn.part-runbook"), random(5 * CHUNK));

        assertThat(rows(files.copy(SHARE, COPIES, "*", Limits.none()))).hasSize(1);

        assertThat(Files.readAllBytes(windows.getPath(COPIES + "\\big.trn"))).isEqualTo(content);
    }

    @Test
    void tellsItsProgressInBytesOfAllFiles() throws IOException {
        Files.write(windows.getPath(SHARE + "\\1.trn"), random(CHUNK + 1));
        Files.write(windows.getPath(SHARE + "\\2.trn"), random(9));
        List<String> heard = new ArrayList<>();
        Progress progress = new Progress() {
            @Override
            public void advanced(long done, long total, String unit) {
                heard.add(done + "/" + total + " " + unit);
            }
        };

        files.copy(SHARE, COPIES, "*", new Limits(Optional.empty(), new Cancellation(), progress));

        assertThat(heard).containsExactly("1048576/1048586 bytes", "1048577/1048586 bytes", "1048586/1048586 bytes");
    }

    @Test
    void refusesACopyThatWillNotFitBeforeItWritesAnything() throws IOException {
        Files.write(windows.getPath(SHARE + "\\big.trn"), random(40 << 20));

        Failure failure = failure(files.copy(SHARE, COPIES, "*", Limits.none()));

        assertThat(failure.code()).isEqualTo("disk-full");
        assertThat(failure.kind()).isEqualTo(Kind.LASTING);
        assertThat(failure.message()).contains("41943040 bytes are needed").contains(COPIES);
        assertThat(names(COPIES)).isEmpty();
    }

    @Test
    void aSourceThatGrowsMeanwhileIsNotTakenForWhole() throws IOException {
        Path source = windows.getPath(SHARE + "\\a.trn");
        Files.write(source, random(CHUNK + 5));
        Progress touch = new Progress() {
            @Override
            public void advanced(long done, long total, String unit) {
                try {
                    Files.setLastModifiedTime(source, FileTime.fromMillis(42));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        };

        Failure failure =
                failure(files.copy(SHARE, COPIES, "*", new Limits(Optional.empty(), new Cancellation(), touch)));

        assertThat(failure.code()).isEqualTo("source-changed");
        assertThat(failure.isTransient()).isTrue();
        assertThat(Files.exists(windows.getPath(COPIES + "\\a.trn"))).isFalse();
    }

    @Test
    void endsAtItsTimeout() throws IOException {
        Files.write(windows.getPath(SHARE + "\\a.trn"), random(10));

        assertThat(failure(files.copy(SHARE, COPIES, "*", Limits.within(Duration.ZERO)))
                        .code())
                .isEqualTo("timeout");
    }

    @Test
    void deletingTwiceIsDeletingOnce() throws IOException {
        write(COPIES + "\\a.trn", "x");

        assertThat(rows(files.delete(List.of(COPIES + "\\a.trn"), Limits.none())))
                .isEmpty();
        assertThat(rows(files.delete(List.of(COPIES + "\\a.trn"), Limits.none())))
                .isEmpty();

        assertThat(names(COPIES)).isEmpty();
    }

    private Path write(String path, String text) throws IOException {
        return Files.writeString(windows.getPath(path), text);
    }

    private List<String> names(String folder) {
        return texts(rows(files.list(folder + "\\*", Limits.none())), "name");
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static List<Row> rows(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Rows.class);
        return ((Answer.Rows) answer).rows();
    }

    private static Failure failure(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Failed.class);
        return ((Answer.Failed) answer).failure();
    }

    private static List<String> texts(List<Row> rows, String column) {
        return rows.stream().map(row -> row.get(column).orElseThrow().text()).toList();
    }
}
