package dev.runbook.endpoint.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.Cancellation;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.FileSystemEndpoint;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.Progress;
import dev.runbook.endpoint.Reachability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class BoundedFilesTest {
    private static final Limits SHORT = Limits.within(Duration.ofMillis(20));

    private static final FileSystemEndpoint.Copy COPY = new FileSystemEndpoint.Copy("//fs1/logs", "copies", "*", false);

    private final CountDownLatch back = new CountDownLatch(1);
    private final FileSystemEndpoint gone = new BoundedFiles(new GoneServer(back));

    @AfterEach
    void theServerComesBack() {
        back.countDown();
    }

    @Test
    void aQuestionToAServerThatIsGoneEndsInTimeAndMayBeAskedAgain() {
        Failure failure = failure(gone.list("//fs1/logs/*", SHORT));

        assertThat(failure.code()).isEqualTo("no-answer");
        assertThat(failure.isTransient()).isTrue();
        assertThat(failure.message()).contains("//fs1/logs/*");
        assertThat(failure(gone.missing(COPY, SHORT)).isTransient()).isTrue();
        assertThat(failure(gone.delete(new FileSystemEndpoint.Copies(List.of(COPY), List.of()), SHORT))
                        .isUnknown())
                .isFalse();
    }

    @Test
    void aShareThatSaysNothingIsNotThereOnlyWhereItsFileServerIsProvedNotToBe() {
        assertThat(gone(Reachability.Finding.SILENT).reach("//fs1/logs", SHORT)).isEqualTo(Answer.nothing());
        Failure failure = failure(gone(Reachability.Finding.OPEN).reach("//fs1/logs", SHORT));
        assertThat(failure.code()).isEqualTo("no-answer");
        assertThat(failure.details()).containsExactly("fs1:445: somebody listens");
        assertThat(failure(gone.reach("/mnt/logs", SHORT)).code()).isEqualTo("no-answer");
    }

    private FileSystemEndpoint gone(Reachability.Finding server) {
        return new BoundedFiles(new GoneServer(back), path -> Optional.of(new Reachability(server, "fs1:445", "")));
    }

    @Test
    void nobodyWaitsForWhatWasStopped() {
        Failure failure = failure(stopped(limits -> gone.reach("//fs1/logs", limits)));

        assertThat(failure.kind()).isEqualTo(Failure.Kind.CANCELLED);
        assertThat(failure.isUnknown()).isFalse();
    }

    @Test
    void ofACopyThatCannotBeEndedNobodyKnowsWhatItDid() {
        Failure failure = failure(stopped(limits -> gone.copy(COPY, files -> {}, limits)));

        assertThat(failure.kind()).isEqualTo(Failure.Kind.CANCELLED);
        assertThat(failure.isUnknown()).isTrue();
    }

    @Test
    void whatIsWholeIsHeardOnTheThreadThatAsked(@TempDir Path folder) throws IOException {
        List<Thread> heard = new ArrayList<>();
        FileSystemEndpoint.Copy copy = copyOfOneFile(folder);

        new BoundedFiles(LocalFiles.ofThisComputer())
                .copy(copy, files -> heard.add(Thread.currentThread()), Limits.none());

        assertThat(heard).containsExactly(Thread.currentThread());
        assertThat(folder.resolve("to/a.trn")).hasContent("abc");
    }

    @Test
    void whoCannotWriteItDownHearsWhyAndNoFileGetsItsName(@TempDir Path folder) throws IOException {
        FileSystemEndpoint.Copy copy = copyOfOneFile(folder);

        assertThatThrownBy(() -> new BoundedFiles(LocalFiles.ofThisComputer())
                        .copy(
                                copy,
                                files -> {
                                    throw new IllegalStateException("the disk is full");
                                },
                                Limits.none()))
                .hasMessage("the disk is full");

        assertThat(folder.resolve("to/a.trn")).doesNotExist();
    }

    private static FileSystemEndpoint.Copy copyOfOneFile(Path folder) throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve("from")).resolve("a.trn"), "abc");
        Files.createDirectory(folder.resolve("to"));
        return new FileSystemEndpoint.Copy(
                folder.resolve("from").toString(), folder.resolve("to").toString(), "*.trn", false);
    }

    private static Answer stopped(Function<Limits, Answer> question) {
        Cancellation cancellation = new Cancellation();
        new Thread(cancellation::request).start();
        return question.apply(new Limits(Optional.empty(), cancellation, Progress.NONE));
    }

    private static Failure failure(Answer answer) {
        return ((Answer.Failed) answer).failure();
    }

    /** Holds whoever asks, and heeds no interrupt. */
    private record GoneServer(CountDownLatch back) implements FileSystemEndpoint {
        @Override
        public Answer list(String pattern, Limits limits) {
            return hold();
        }

        @Override
        public Answer reach(String path, Limits limits) {
            return hold();
        }

        @Override
        public Answer missing(Copy copy, Limits limits) {
            return hold();
        }

        @Override
        public Answer copy(Copy copy, Whole whole, Limits limits) {
            return hold();
        }

        @Override
        public Answer delete(Copies copies, Limits limits) {
            return hold();
        }

        private Answer hold() {
            while (back.getCount() > 0) {
                try {
                    back.await();
                } catch (InterruptedException e) {
                    // the call into the operating system goes on
                    continue;
                }
            }
            return Answer.nothing();
        }
    }
}
