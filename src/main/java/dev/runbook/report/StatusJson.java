package dev.runbook.report;

import dev.runbook.event.OpenQuestion;
import dev.runbook.event.RunEvent;
import dev.runbook.journal.Entry;
import dev.runbook.state.RunState;
import dev.runbook.state.StepStatus;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How a run stands, for a program: {@code schema/runbook-status.schema.json} says what each key means. Every key is always there. */
public final class StatusJson {
    private static final String FORMAT = "runbook-status-1";

    private StatusJson() {}

    /**
     * What is known besides the journal.
     *
     * @param exitCode with which the process ended that worked on the run, or would have as its journal says; empty while one works
     *     on it, and where it was cut off
     * @param message why the command did not do what it should; empty where its journal says all
     * @param resume the arguments with which it is resumed, but for an answer that is missing; none where it is over
     */
    public record Around(Optional<Integer> exitCode, String message, List<String> resume) {
        /** Copies the list. */
        public Around {
            resume = List.copyOf(resume);
        }
    }

    /**
     * A run.
     *
     * @param folder of the run
     * @param owner who works on it now
     * @param passed whether a point of no return may have been passed
     */
    public record Place(String folder, Optional<String> owner, boolean passed) {}

    /** The document, with a line end. */
    public static String of(RunStatus status, Place place, Around around) {
        RunState state = status.state();
        ObjectNode document = head(Optional.of(status), around);
        document.put("run", state.start().run());
        document.put("folder", place.folder());
        document.put("runbook", state.start().runbook());
        document.put("title", status.outline().title());
        document.put("scene", state.start().scene().orElse(null));
        document.put("startedAt", state.startedAt().toString());
        document.put("startedBy", state.start().by().name());
        document.put("lastEventAt", status.last().toString());
        document.put("lastBy", status.by());
        document.put("workedOnBy", place.owner().orElse(null));
        document.put("stepsDone", state.behind());
        document.put("stepsInAll", status.outline().lines().size());
        document.put("changed", state.hasChanges());
        document.put("pointOfNoReturnPassed", place.passed());
        document.put("linesMayBeMissing", status.openEnd().isPresent());
        ArrayNode doubt = document.putArray("inDoubt");
        status.steps(StepStatus::isDoubtful).stream().map(Outline.Line::id).forEach(doubt::add);
        document.set(
                "step", status.current().map(current -> step(status, current)).orElse(null));
        document.set("rto", rto(status.forecast()));
        return end(document, status.question().map(StatusJson::question), around);
    }

    /** The document of a command that has begun no run, or whose run cannot be read. */
    public static String ofNone(Around around) {
        ObjectNode document = head(Optional.empty(), around);
        for (String key : List.of(
                "run",
                "folder",
                "runbook",
                "title",
                "scene",
                "startedAt",
                "startedBy",
                "lastEventAt",
                "lastBy",
                "workedOnBy",
                "stepsDone",
                "stepsInAll")) {
            document.putNull(key);
        }
        document.put("changed", false);
        document.put("pointOfNoReturnPassed", false);
        document.put("linesMayBeMissing", false);
        document.putArray("inDoubt");
        document.putNull("step");
        document.putNull("rto");
        return end(document, Optional.empty(), around);
    }

    private static ObjectNode head(Optional<RunStatus> status, Around around) {
        ObjectNode document = JsonText.object();
        document.put("format", FORMAT);
        document.put("status", status.map(RunStatus::word).orElse("no run"));
        document.put(
                "ending",
                status.flatMap(run -> run.state().ending()).map(Enum::name).orElse(null));
        document.put("exitCode", around.exitCode().orElse(null));
        document.put("message", around.message().isEmpty() ? null : around.message());
        return document;
    }

    private static String end(ObjectNode document, Optional<ObjectNode> question, Around around) {
        document.set("question", question.orElse(null));
        ArrayNode resume = document.putArray("resume");
        around.resume().forEach(resume::add);
        return JsonText.pretty(document);
    }

    private static ObjectNode step(RunStatus status, RunStatus.CurrentStep current) {
        ObjectNode node = JsonText.object();
        node.put("id", current.line().id());
        node.put("title", current.line().title());
        node.put("number", current.line().number());
        node.put(
                "state",
                status.state()
                        .step(current.line().id())
                        .status()
                        .name()
                        .toLowerCase(Locale.ROOT)
                        .replace('_', ' '));
        node.put("takenBack", status.isWayBack());
        node.put("trouble", current.trouble().orElse(null));
        return node;
    }

    private static ObjectNode rto(RunPace.Forecast forecast) {
        ObjectNode node = JsonText.object();
        node.put("elapsedSeconds", forecast.elapsed().toSeconds());
        node.put(
                "objectiveSeconds",
                forecast.objective().map(Duration::toSeconds).orElse(null));
        node.put("leftSeconds", forecast.left().map(Duration::toSeconds).orElse(null));
        return node;
    }

    private static ObjectNode question(Entry entry) {
        RunEvent.QuestionAsked asked = (RunEvent.QuestionAsked) entry.event();
        OpenQuestion open = asked.asked().orElseThrow();
        ObjectNode node = JsonText.object();
        node.put("id", open.id());
        node.put("step", asked.step());
        node.put("key", open.key());
        node.put("kind", open.kind());
        node.put("message", open.question());
        node.put("expected", open.answer().orElse(null));
        ArrayNode choices = node.putArray("choices");
        open.choices().forEach(way -> {
            ObjectNode choice = JsonText.object();
            choice.put("word", way.word());
            choice.put("argument", way.argument());
            choice.put("meaning", way.meaning());
            choices.add(choice);
        });
        node.put("askedAt", entry.time().toString());
        return node;
    }
}
