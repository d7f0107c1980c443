package dev.runbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Source;
import dev.runbook.event.Actor;
import dev.runbook.event.Ending;
import dev.runbook.event.RunEvent;
import dev.runbook.event.Trouble;
import dev.runbook.event.Work;
import dev.runbook.journal.Entry;
import dev.runbook.journal.JournalReader;
import dev.runbook.language.Runbook;
import dev.runbook.language.RunbookReader;
import dev.runbook.language.Text;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class RunPageTest {
    private static final Instant START = Instant.parse("2026-11-21T03:12:09Z");
    private static final Actor JDOE = new Actor("jdoe", "jump1", 42, "0.1.0");

    private static final Outline OUTLINE = Outline.of(runbook(), Text::raw);

    @Test
    void isWellFormedWhateverStandsInIt() throws Exception {
        Document page = page(
                started(),
                new RunEvent.StepBegun("4.2"),
                sent("SELECT N'<b>&\"ü\"</b>' -- 備份"),
                failed("Fehler <4319> & mehr"),
                stopped(Ending.FAILED_CHANGED));

        assertThat(page.getElementsByTagName("b").getLength()).isZero();
        assertThat(cells(page)).anyMatch(cell -> cell.contains("SELECT N'<b>&\"ü\"</b>' -- 備份"));
    }

    @Test
    void isPlainAsciiSoThatNoConsoleCanSpoilIt() {
        assertThat(RunPage.of(OUTLINE, read(started(), sent("備份 mgc"))))
                .matches("\\p{ASCII}+")
                .contains("&#20633;&#20221; mgc");
    }

    @Test
    void saysHowTheRunEnded() throws Exception {
        assertThat(standing(started(), stopped(Ending.DONE))).isEqualTo("DONE.");
        assertThat(standing(started(), new RunEvent.StepBegun("1")))
                .isEqualTo("NOT ENDED. It is under way, or was cut off.");
        assertThat(standing(
                        started(),
                        stopped(Ending.PAUSED),
                        new RunEvent.RunResumed(Optional.empty(), "00", Map.of(), JDOE)))
                .startsWith("NOT ENDED.");
    }

    @Test
    void namesEveryDocumentedStepAlsoThoseThatWereNotReached() throws Exception {
        assertThat(cells(page(started(), new RunEvent.StepBegun("1"), new RunEvent.StepDone("1"))))
                .containsSubsequence("1.1, 1.2", "done", "03:12:10", "0:01", "Remove log shipping")
                .containsSubsequence("4.2.1", "not run", "Bring mgc online");
    }

    @Test
    void tellsWhoAnsweredWhatToWhichQuestion() throws Exception {
        Document page = page(started(), new RunEvent.Answered("4.2", "Sure?\n", "4.2", true, "jdoe at the terminal"));

        assertThat(cells(page)).contains("Sure?\nanswered \"4.2\" by jdoe at the terminal");
    }

    @Test
    void leadsFromEveryStepThatHappenedToItsFirstPart() throws Exception {
        Document page = page(
                started(),
                new RunEvent.StepBegun("1"),
                failed("no"),
                stopped(Ending.PAUSED),
                new RunEvent.RunResumed(Optional.empty(), "00", Map.of(), JDOE),
                new RunEvent.StepBegun("1"));

        assertThat(texts(page, "h3"))
                .containsExactly(
                        "The run",
                        "1, Remove log shipping",
                        "4.2, Bring mgc online",
                        "The run",
                        "1, Remove log shipping");
        assertThat(RunPage.of(OUTLINE, read(started(), new RunEvent.StepBegun("1"))))
                .containsOnlyOnce("id=\"step-1\"")
                .contains("href=\"#step-1\"")
                .doesNotContain("href=\"#step-4.2\"");
    }

    private static String standing(RunEvent... events) throws Exception {
        return texts(page(events), "p").get(0);
    }

    private static List<String> cells(Document page) {
        return texts(page, "td");
    }

    private static List<String> texts(Document page, String element) {
        NodeList nodes = page.getElementsByTagName(element);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent());
        }
        return texts;
    }

    /** A browser forgives; a reader of XML does not. */
    private static Document page(RunEvent... events) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(RunPage.of(OUTLINE, read(events)))));
    }

    private static JournalReader.Read read(RunEvent... events) {
        return new JournalReader.Read(Path.of("journal.jsonl"), entries(events), 1, 1, true);
    }

    private static List<Entry> entries(RunEvent... events) {
        List<Entry> entries = new ArrayList<>();
        for (RunEvent event : events) {
            entries.add(new Entry(entries.size() + 1, START.plusSeconds(entries.size()), event, "hash"));
        }
        return entries;
    }

    private static RunEvent started() {
        return new RunEvent.RunStarted(1, "r1", "20261121031209", "fo", "fo.yaml", "00", Map.of("pool", "a.b"), JDOE);
    }

    private static RunEvent sent(String text) {
        return new RunEvent.Sent(Work.of("4.2"), 1, 1, "sqlb", text);
    }

    private static RunEvent failed(String message) {
        return new RunEvent.StepFailed(
                "4.2", new Trouble("4319", "lasting", false, message, List.of(), Optional.empty()), true);
    }

    private static RunEvent stopped(Ending ending) {
        return new RunEvent.RunStopped(ending, "");
    }

    private static Runbook runbook() {
        return new RunbookReader().read(Source.of("fo.yaml", """
            runbook: fo
            title: Fail over
            steps:
              - step: 1
                title: Remove log shipping
                documents: [1.1, 1.2]
                confirm: Is it gone?
              - step: 4.2
                title: Bring mgc online
                documents: [4.2.1]
                confirm: Sure?
            """)).value().orElseThrow();
    }
}
