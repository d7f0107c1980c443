package dev.runbook.endpoint.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.runbook.base.Row;
import dev.runbook.base.Value;
import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.Cancellation;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Failure.Kind;
import dev.runbook.endpoint.FileSystemEndpoint;
import dev.runbook.endpoint.FileSystemEndpoint.Copies;
import dev.runbook.endpoint.FileSystemEndpoint.Copy;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.Progress;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFilesTest {
    private static final String SHARE = "\\\\fs1\\pchatlogs";
    private static final String COPIES = "D:\\copies";
    private static final int CHUNK = 1 << 20;
    private static final FileSystemEndpoint.Whole NOBODY = files -> {};

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

        assertThat(texts(rows(missing(SHARE, COPIES, "mgc_*")), "name")).containsExactly("mgc_2.trn", "mgc_3.trn");
    }

    @Test
    void nothingIsMissingWhereNothingIsKnown() {
        assertThat(failure(missing(SHARE + "\\gone", COPIES, "*")).code()).isEqualTo("no-such-folder");
        assertThat(failure(missing(SHARE, "D:\\gone", "*")).code()).isEqualTo("no-such-folder");
    }

    @Test
    void copiesWhatIsMissingAndSaysWhatItAdded() throws IOException {
        write(SHARE + "\\mgc_1.trn", "abc");
        write(SHARE + "\\mgc_2.trn", "whole");
        write(COPIES + "\\mgc_2.trn", "cut");

        List<Row> added = rows(files.copy(all("mgc_*"), NOBODY, Limits.none()));

        assertThat(texts(added, "name")).containsExactly("mgc_1.trn", "mgc_2.trn");
        assertThat(texts(added, "target")).containsExactly(COPIES + "\\mgc_1.trn", COPIES + "\\mgc_2.trn");
        assertThat(texts(added, "replaced")).containsExactly("false", "true");
        assertThat(texts(added, "sha256")).contains("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(Files.readString(windows.getPath(COPIES + "\\mgc_2.trn"))).isEqualTo("whole");
        assertThat(rows(missing(SHARE, COPIES, "mgc_*"))).isEmpty();
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

        Answer cut = files.copy(all("*"), NOBODY, new Limits(Optional.empty(), cancellation, stopAfterTheFirst));

        assertThat(failure(cut).kind()).isEqualTo(Kind.CANCELLED);
        assertThat(names(COPIES)).containsExactly("big.trn.part-runbook");
        assertThat(Files.size(windows.getPath(COPIES + "\\big.trn.part-runbook")))
                .isEqualTo(CHUNK);
        assertThat(rows(files.copy(all("*"), NOBODY, Limits.none()))).hasSize(1);
        assertThat(Files.readAllBytes(windows.getPath(COPIES + "\\big.trn"))).isEqualTo(content);
        assertThat(names(COPIES)).containsExactly("big.trn");
    }

    @Test
    void doesNotTrustAPartialFileThatDiffersFromTheSource() throws IOException {
        byte[] content = random(2 * CHUNK);
        Files.write(windows.getPath(SHARE + "\\big.trn"), content);
        Files.write(windows.getPath(COPIES + "\\big.trn.part-runbook"), random(5 * CHUNK));

        assertThat(rows(files.copy(all("*"), NOBODY, Limits.none()))).hasSize(1);

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

        files.copy(all("*"), NOBODY, new Limits(Optional.empty(), new Cancellation(), progress));

        assertThat(heard).containsExactly("1048576/1048586 bytes", "1048577/1048586 bytes", "1048586/1048586 bytes");
    }

    @Test
    void refusesACopyThatWillNotFitBeforeItWritesAnything() throws IOException {
        Files.write(windows.getPath(SHARE + "\\big.trn"), random(40 << 20));

        Failure failure = failure(files.copy(all("*"), NOBODY, Limits.none()));

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
                failure(files.copy(all("*"), NOBODY, new Limits(Optional.empty(), new Cancellation(), touch)));

        assertThat(failure.code()).isEqualTo("source-changed");
        assertThat(failure.isTransient()).isTrue();
        assertThat(Files.exists(windows.getPath(COPIES + "\\a.trn"))).isFalse();
    }

    @Test
    void endsAtItsTimeout() throws IOException {
        Files.write(windows.getPath(SHARE + "\\a.trn"), random(10));

        assertThat(failure(files.copy(all("*"), NOBODY, Limits.within(Duration.ZERO)))
                        .code())
                .isEqualTo("timeout");
    }

    @Test
    void saysWhatIsWholeBeforeAnyFileGetsItsName() throws IOException {
        write(SHARE + "\\a.trn", "abc");
        write(SHARE + "\\b.trn", "defg");
        List<Row> heard = new ArrayList<>();

        files.copy(
                all("*.trn"),
                rows -> {
                    heard.addAll(rows);
                    assertThat(names(COPIES)).containsExactly("a.trn.part-runbook", "b.trn.part-runbook");
                },
                Limits.none());

        assertThat(texts(heard, "target")).containsExactly(COPIES + "\\a.trn", COPIES + "\\b.trn");
        assertThat(texts(heard, "size")).containsExactly("3", "4");
        assertThat(names(COPIES)).containsExactly("a.trn", "b.trn");
    }

    @Test
    void whatCannotBeWrittenDownGetsNoName() throws IOException {
        write(SHARE + "\\a.trn", "abc");

        assertThatThrownBy(() -> files.copy(
                        all("*"),
                        rows -> {
                            throw new IllegalStateException("the journal cannot be written");
                        },
                        Limits.none()))
                .hasMessage("the journal cannot be written");

        assertThat(names(COPIES)).containsExactly("a.trn.part-runbook");
    }

    @Test
    void whatIsWholeWhenTheCopyIsStoppedGetsItsName() throws IOException {
        write(SHARE + "\\a.trn", "abc");
        write(SHARE + "\\b.trn", "defg");
        Cancellation cancellation = new Cancellation();
        Progress stopAtTheSecond = new Progress() {
            @Override
            public void advanced(long done, long total, String unit) {
                if (done > 3) {
                    cancellation.request();
                }
            }
        };
        List<Row> heard = new ArrayList<>();

        files.copy(all("*"), heard::addAll, new Limits(Optional.empty(), cancellation, stopAtTheSecond));

        assertThat(texts(heard, "name")).containsExactly("a.trn");
        assertThat(names(COPIES)).containsExactly("a.trn", "b.trn.part-runbook");
    }

    @Test
    void aSourceWithoutAnyFileIsAFailureUnlessThatIsAllowed() throws IOException {
        write(SHARE + "\\other.bak", "x");

        Failure failure = failure(missing(SHARE, COPIES, "*.trn"));

        assertThat(failure.code()).isEqualTo("nothing-to-copy");
        assertThat(failure.kind()).isEqualTo(Kind.LASTING);
        assertThat(failure.message()).contains(SHARE).contains("*.trn").contains("may-be-empty: true");
        assertThat(failure(files.copy(all("*.trn"), NOBODY, Limits.none())).code())
                .isEqualTo("nothing-to-copy");
        assertThat(rows(files.missing(new Copy(SHARE, COPIES, "*.trn", true), Limits.none())))
                .isEmpty();
    }

    @Test
    void aPatternThatHasAFolderInItIsAFailure() throws IOException {
        write(SHARE + "\\a.trn", "x");

        assertThat(failure(missing(SHARE, COPIES, "sub/*")).code()).isEqualTo("folder-in-pattern");
        assertThat(failure(missing(SHARE, COPIES, "mgc\\*.trn")).code()).isEqualTo("folder-in-pattern");
    }

    @Test
    void namesFoldersAndLinksThatItLeavesOut(@TempDir Path folder) throws IOException {
        Path from = Files.createDirectory(folder.resolve("from"));
        Path to = Files.createDirectory(folder.resolve("to"));
        Files.writeString(from.resolve("a.trn"), "abc");
        Files.createDirectory(from.resolve("sub"));
        Path secret = Files.writeString(folder.resolve("secret"), "not for copying");
        Files.createSymbolicLink(from.resolve("b.trn"), secret);
        LocalFiles real = LocalFiles.ofThisComputer();
        Copy copy = new Copy(from.toString(), to.toString(), "*", false);

        List<Row> rows = rows(real.missing(copy, Limits.none()));

        assertThat(rows.stream()
                        .filter(row -> row.get("left-out").isPresent())
                        .map(row -> row.get("name").orElseThrow().text() + ": "
                                + row.get("left-out").orElseThrow().text()))
                .containsExactly("b.trn: link", "sub: folder");
        real.copy(copy, NOBODY, Limits.none());
        assertThat(inside(to)).containsExactly("a.trn");
    }

    @Test
    void aPlantedLinkAtTheTemporaryNameNeverLeadsTheCopyElsewhere(@TempDir Path folder) throws IOException {
        Path from = Files.createDirectory(folder.resolve("from"));
        Path to = Files.createDirectory(folder.resolve("to"));
        Files.writeString(from.resolve("a.trn"), "a new backup");
        Files.writeString(from.resolve("b.trn"), "another one");
        Path victim = Files.writeString(folder.resolve("victim"), "precious");
        Files.createSymbolicLink(to.resolve("a.trn.part-runbook"), victim);
        Files.createLink(to.resolve("b.trn.part-runbook"), victim);

        rows(LocalFiles.ofThisComputer()
                .copy(new Copy(from.toString(), to.toString(), "*", false), NOBODY, Limits.none()));

        assertThat(victim).hasContent("precious");
        assertThat(to.resolve("a.trn")).hasContent("a new backup");
        assertThat(Files.isSymbolicLink(to.resolve("a.trn"))).isFalse();
        assertThat(to.resolve("b.trn")).hasContent("another one");
    }

    @Test
    void aLinkAtTheTargetIsReplacedAndWhatItLeadsToIsNot(@TempDir Path folder) throws IOException {
        Path from = Files.createDirectory(folder.resolve("from"));
        Path to = Files.createDirectory(folder.resolve("to"));
        Files.writeString(from.resolve("a.trn"), "12345678");
        Path victim = Files.writeString(folder.resolve("victim"), "precious");
        Files.createSymbolicLink(to.resolve("a.trn"), victim);

        rows(LocalFiles.ofThisComputer()
                .copy(new Copy(from.toString(), to.toString(), "*", false), NOBODY, Limits.none()));

        assertThat(victim).hasContent("precious");
        assertThat(Files.isRegularFile(to.resolve("a.trn"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
        assertThat(to.resolve("a.trn")).hasContent("12345678");
    }

    @Test
    void aCopyIsAsOpenAsItsSource(@TempDir Path folder) throws IOException {
        Path from = Files.createDirectory(folder.resolve("from"));
        Path to = Files.createDirectory(folder.resolve("to"));
        Path source = Files.writeString(from.resolve("a.trn"), "abc");
        Files.setPosixFilePermissions(source, PosixFilePermissions.fromString("rw-r-----"));

        LocalFiles.ofThisComputer()
                .copy(
                        new Copy(from.toString(), to.toString(), "*", false),
                        rows -> assertThat(mode(to.resolve("a.trn.part-runbook")))
                                .isEqualTo("rw-r-----"),
                        Limits.none());

        assertThat(mode(to.resolve("a.trn"))).isEqualTo("rw-r-----");
    }

    @Test
    void deletesWhatItCopiedAndIsUnchangedAndSaysWhatItLeaves() throws IOException {
        write(SHARE + "\\a.trn", "abc");
        write(SHARE + "\\b.trn", "bcd");
        write(SHARE + "\\c.trn", "cde");
        write(SHARE + "\\d.trn", "def");
        write(COPIES + "\\d.trn", "an older one");
        List<Row> copied = rows(files.copy(all("*.trn"), NOBODY, Limits.none()));
        write(COPIES + "\\b.trn", "xyz");
        Files.delete(windows.getPath(COPIES + "\\c.trn"));

        List<Row> outcomes = rows(files.delete(new Copies(List.of(all("*.trn")), copied), Limits.none()));

        assertThat(texts(outcomes, "path"))
                .containsExactly(COPIES + "\\a.trn", COPIES + "\\b.trn", COPIES + "\\c.trn", COPIES + "\\d.trn");
        assertThat(texts(outcomes, "outcome")).containsExactly("deleted", "changed", "gone", "replaced");
        assertThat(names(COPIES)).containsExactly("b.trn", "d.trn");
    }

    @Test
    void deletesItsUnfinishedCopyAndNotTheFileThatSomebodyElsePutThere() throws IOException {
        write(SHARE + "\\b.trn", "whole");
        List<Row> chosen = rows(missing(SHARE, COPIES, "*.trn"));
        write(COPIES + "\\b.trn.part-runbook", "wh");
        write(COPIES + "\\b.trn", "somebody else's");

        List<Row> outcomes = rows(files.delete(new Copies(List.of(all("*.trn")), chosen), Limits.none()));

        assertThat(texts(outcomes, "outcome")).containsExactly("not-whole", "deleted");
        assertThat(names(COPIES)).containsExactly("b.trn");
    }

    @Test
    void refusesToDeleteWhatTheCopyCannotHaveWritten() throws IOException {
        write(SHARE + "\\a.trn", "abc");
        List<Row> copied = rows(files.copy(all("*.trn"), NOBODY, Limits.none()));
        Files.createDirectories(windows.getPath(COPIES + "\\sub"));
        List<String> forged = List.of(
                "C:\\work\\a.trn",
                "D:\\a.trn",
                COPIES + "\\sub\\a.trn",
                COPIES + "\\..\\a.trn",
                COPIES + "\\a.mdf",
                "\\\\fs1\\pchatlogs\\a.trn");
        for (String path : forged) {
            List<Row> rows = new ArrayList<>(copied);
            rows.add(Row.of("target", Value.of(path)).with(copied.get(0)));

            Failure failure = failure(files.delete(new Copies(List.of(all("*.trn")), rows), Limits.none()));

            assertThat(failure.code()).as(path).isEqualTo("not-copied-here");
            assertThat(failure.message()).contains("Nothing was deleted");
            assertThat(names(COPIES)).containsExactly("a.trn");
        }
    }

    @Test
    void takesAnyOneNameForWhatItWasDoneFor() throws IOException {
        Files.createDirectories(windows.getPath(COPIES + "\\mgc"));
        write(SHARE + "\\mgc_1.trn", "abc");
        Copy copy = new Copy(SHARE, COPIES + "\\mgc", "mgc_*.trn", false);
        List<Row> copied = rows(files.copy(copy, NOBODY, Limits.none()));
        Copy any = new Copy(
                SHARE, COPIES + "\\" + FileSystemEndpoint.ANY_NAME, FileSystemEndpoint.ANY_NAME + "_*.trn", false);
        Copy deeper = new Copy(SHARE, COPIES, FileSystemEndpoint.ANY_NAME + "_*.trn", false);

        assertThat(failure(files.delete(new Copies(List.of(deeper), copied), Limits.none()))
                        .code())
                .isEqualTo("not-copied-here");
        assertThat(texts(rows(files.delete(new Copies(List.of(any), copied), Limits.none())), "outcome"))
                .containsExactly("deleted");
    }

    @Test
    void aFolderThatIsNotThereIsAFailureOfDeletingToo() throws IOException {
        write(SHARE + "\\a.trn", "abc");
        Files.createDirectories(windows.getPath("D:\\mounted"));
        Copy copy = new Copy(SHARE, "D:\\mounted", "*.trn", false);
        List<Row> copied = rows(files.copy(copy, NOBODY, Limits.none()));
        Files.move(windows.getPath("D:\\mounted"), windows.getPath("D:\\elsewhere"));

        assertThat(failure(files.delete(new Copies(List.of(copy), copied), Limits.none()))
                        .code())
                .isEqualTo("no-such-folder");
    }

    @Test
    void aRelativeFolderIsWrittenDownAsAnAbsoluteOne() throws IOException {
        Files.createDirectories(windows.getPath("copies"));
        write(SHARE + "\\a.trn", "abc");
        List<Row> copied = rows(files.copy(new Copy(SHARE, "copies", "*.trn", false), NOBODY, Limits.none()));

        assertThat(texts(copied, "target")).containsExactly("C:\\work\\copies\\a.trn");
    }

    @Test
    void neverDeletesThroughALink(@TempDir Path folder) throws IOException {
        Path from = Files.createDirectory(folder.resolve("from"));
        Path to = Files.createDirectory(folder.resolve("to"));
        Files.writeString(from.resolve("a.trn"), "abc");
        LocalFiles real = LocalFiles.ofThisComputer();
        Copy copy = new Copy(from.toString(), to.toString(), "*.trn", false);
        List<Row> copied = rows(real.copy(copy, NOBODY, Limits.none()));
        Path victim = Files.writeString(folder.resolve("victim"), "abc");
        Files.delete(to.resolve("a.trn"));
        Files.createSymbolicLink(to.resolve("a.trn"), victim);

        List<Row> outcomes = rows(real.delete(new Copies(List.of(copy), copied), Limits.none()));

        assertThat(texts(outcomes, "outcome")).containsExactly("not-a-file");
        assertThat(victim).exists();
    }

    private static Copy all(String include) {
        return new Copy(SHARE, COPIES, include, false);
    }

    private Answer missing(String from, String to, String include) {
        return files.missing(new Copy(from, to, include, false), Limits.none());
    }

    private static String mode(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> inside(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
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
