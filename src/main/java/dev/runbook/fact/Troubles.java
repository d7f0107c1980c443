package dev.runbook.fact;

import dev.runbook.base.Origin;
import dev.runbook.base.Position;
import dev.runbook.endpoint.Failure;
import dev.runbook.event.Trouble;
import dev.runbook.template.Filled;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Turns what went wrong into what is kept and shown, with the place in the author's file. */
public final class Troubles {
    /** The code of a text that could not be filled in. */
    public static final String TEMPLATE = "template";

    private Troubles() {}

    /** A failure of an endpoint, caused by a text that stands there. */
    public static Trouble of(Failure failure, Origin origin, Position position) {
        return new Trouble(
                failure.code(),
                failure.kind().name().toLowerCase(Locale.ROOT),
                failure.isUnknown(),
                failure.message(),
                failure.details(),
                Optional.of(place(origin, position)),
                failure.isPartial());
    }

    /** A failure of a question that stands in no file: nothing was changed, whatever became of the answer. */
    public static Trouble ofQuestion(Failure failure) {
        return new Trouble(
                failure.code(),
                failure.kind().name().toLowerCase(Locale.ROOT),
                false,
                failure.message(),
                failure.details(),
                Optional.empty());
    }

    /** A text that could not be filled in. */
    public static Trouble of(List<Filled.Problem> problems) {
        Filled.Problem first = problems.get(0);
        return new Trouble(
                TEMPLATE,
                "lasting",
                false,
                first.message(),
                problems.stream().skip(1).map(Filled.Problem::message).toList(),
                Optional.of(place(first.text().origin(), first.position())));
    }

    /** Anything else that is wrong with what stands there. */
    static Trouble of(String code, String message, Origin origin) {
        return new Trouble(code, "lasting", false, message, List.of(), Optional.of(place(origin, origin.position())));
    }

    private static String place(Origin origin, Position position) {
        return origin.source().name() + ":" + position.line() + ":" + position.column();
    }
}
