package dev.runbook.report;

import dev.runbook.event.RunEvent;
import dev.runbook.event.RunEvent.RunStarted;
import dev.runbook.journal.Entry;
import dev.runbook.journal.JournalReader;
import dev.runbook.state.RunFold;
import dev.runbook.state.RunState;
import dev.runbook.state.StepState;
import dev.runbook.state.StepStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A run as a page: a fold of its journal, with nothing in it that the journal does not have. It needs no other file and loads
 * nothing.
 */
public final class RunPage {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    private final Outline outline;
    private final JournalReader.Read read;
    private final List<Entry> entries;
    private final RunState run;
    private final Html page = new Html();

    private RunPage(Outline outline, JournalReader.Read read) {
        this.outline = outline;
        this.read = read;
        this.entries = read.entries();
        this.run = RunState.of(entries);
    }

    /**
     * The page.
     *
     * @param outline the steps of the run
     * @param read its journal, proven whole before
     */
    public static String of(Outline outline, JournalReader.Read read) {
        RunPage page = new RunPage(outline, read);
        page.head();
        page.facts();
        page.steps();
        page.values();
        page.story();
        return page.page.close("body").close("html").toString();
    }

    private void head() {
        page.raw("<!DOCTYPE html>\n").open("html", "lang", "en").open("head");
        page.raw("<meta charset=\"utf-8\"/>\n<meta name=\"viewport\" content=\"width=device-width\"/>\n");
        page.element("title", outline.title() + ", " + start().run());
        page.open("style").raw("\n" + style()).close("style").close("head").open("body");
        page.element("h1", outline.title());
    }

    private void facts() {
        Entry last = entries.get(entries.size() - 1);
        Optional<Entry> stopped = entries.stream()
                .filter(entry -> entry.event() instanceof RunEvent.RunStopped)
                .reduce((first, second) -> second);
        String standing = stopped.filter(last::equals)
                .map(entry -> Outcomes.headline(run, ((RunEvent.RunStopped) entry.event()).ending()))
                .orElse("NOT ENDED. It is under way, or was cut off.");
        page.element("p", standing, "class", "standing");
        page.open("table", "class", "facts");
        page.row("td", "run", start().run());
        page.row("td", "runbook", start().runbook() + ", file " + start().file() + ", SHA-256 " + start().digest());
        page.row(
                "td",
                "began",
                moment(entries.get(0).time()) + ", by " + start().by().name());
        page.row("td", "last entry", moment(last.time()) + ", after " + Elapsed.between(run.startedAt(), last.time()));
        page.row("td", "program", start().by().version());
        page.row(
                "td",
                "journal",
                entries.size() + " lines, "
                        + read.openEnd()
                                .map(why -> "whole as far as they go. " + why)
                                .orElse("whole;")
                        + " the last hash is " + last.hash());
        page.close("table");
    }

    private void steps() {
        page.element("h2", "Steps").open("table", "class", "steps");
        page.row("th", "step", "documented", "outcome", "began", "time", "title", "why");
        for (Outline.Line line : outline.lines()) {
            StepState step = run.step(line.id());
            page.open("tr", "class", mark(step)).open("td");
            if (step.course().began().isPresent()) {
                page.element("a", line.id(), "href", "#step-" + line.id());
            } else {
                page.text(line.id());
            }
            page.close("td").element("td", line.documents());
            page.element("td", Outcomes.word(step));
            page.element("td", step.course().began().map(TIME::format).orElse(""));
            page.element("td", step.course().taken().map(Elapsed::text).orElse(""))
                    .element("td", line.title())
                    .element("td", Outcomes.reason(step));
            page.close("tr");
        }
        page.close("table");
    }

    private void values() {
        page.element("h2", "Values at the start").open("table", "class", "facts");
        start().variables().forEach((name, value) -> page.row("td", name, value));
        page.close("table");
    }

    private void story() {
        page.element("h2", "What happened (UTC)");
        Set<String> named = new HashSet<>();
        for (Part part : Part.of(entries)) {
            part.step()
                    .ifPresentOrElse(
                            step -> page.element("h3", outline.named(step), anchor(named, step)),
                            () -> page.element("h3", "The run"));
            page.open("table", "class", "story");
            part.entries().forEach(entry -> page.row("td", TIME.format(entry.time()), StepStory.text(entry.event())));
            page.close("table");
        }
    }

    /** The first part of a step is where the table of steps leads. */
    private static String[] anchor(Set<String> named, String step) {
        return named.add(step) ? new String[] {"id", "step-" + step} : new String[0];
    }

    private RunStarted start() {
        return (RunStarted) entries.get(0).event();
    }

    private static String mark(StepState step) {
        if (step.status() == StepStatus.LEFT) {
            return "left";
        }
        return step.status().isUnderWay()
                ? "under-way"
                : Outcomes.word(step).toLowerCase(Locale.ROOT).replace(' ', '-');
    }

    private static String moment(Instant time) {
        return MOMENT.format(time) + " UTC";
    }

    private static String style() {
        try (InputStream css = RunPage.class.getResourceAsStream("page.css")) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes HTML. Every text and every attribute is escaped. */
    private static final class Html {
        private final StringBuilder out = new StringBuilder();

        /** Opens an element; attributes are names and values in turn. */
        Html open(String element, String... attributes) {
            out.append('<').append(element);
            for (int i = 0; i < attributes.length; i += 2) {
                out.append(' ')
                        .append(attributes[i])
                        .append("=\"")
                        .append(escaped(attributes[i + 1]))
                        .append('"');
            }
            out.append('>');
            return this;
        }

        /** Closes an element, and ends the line. */
        Html close(String element) {
            out.append("</").append(element).append(">\n");
            return this;
        }

        /** A text within an element. */
        Html text(String text) {
            out.append(escaped(text));
            return this;
        }

        /** An element with a text in it. */
        Html element(String element, String text, String... attributes) {
            return open(element, attributes).text(text).close(element);
        }

        /** A row of a table. */
        Html row(String cell, String... texts) {
            open("tr");
            for (String text : texts) {
                open(cell).text(text);
                out.append("</").append(cell).append('>');
            }
            return close("tr");
        }

        /** What is HTML already, such as a style sheet of this program. */
        Html raw(String html) {
            out.append(html);
            return this;
        }

        @Override
        public String toString() {
            return out.toString();
        }

        /** Plain ASCII, so that the page reads the same whatever characters the console that writes it knows. */
        private static String escaped(String text) {
            StringBuilder escaped = new StringBuilder();
            text.codePoints().forEach(c -> {
                if (c == '&' || c == '<' || c == '>' || c == '"' || c > '~') {
                    escaped.append("&#").append(c).append(';');
                } else {
                    escaped.appendCodePoint(c);
                }
            });
            return escaped.toString();
        }
    }

    /**
     * Entries in a row that belong to one step, or to none. A step to which the run came back has several.
     *
     * @param step its id; empty for what concerns the run
     * @param entries in the order in which they were written
     */
    private record Part(Optional<String> step, List<Entry> entries) {
        /** The parts of a journal, in order. */
        static List<Part> of(List<Entry> entries) {
            List<Part> parts = new ArrayList<>();
            for (Entry entry : entries) {
                Optional<String> step = RunFold.stepOf(entry.event());
                if (parts.isEmpty() || !parts.get(parts.size() - 1).step().equals(step)) {
                    parts.add(new Part(step, new ArrayList<>()));
                }
                parts.get(parts.size() - 1).entries().add(entry);
            }
            return parts;
        }
    }
}
