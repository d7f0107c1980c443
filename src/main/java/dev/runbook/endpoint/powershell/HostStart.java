package dev.runbook.endpoint.powershell;

import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.ShellTarget;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Starts a host and opens its modules, here or on another computer. All failures are definite, for nothing was asked yet.
 *
 * @param target what is started
 * @param launcher starts it
 * @param random draws the nonces
 * @param patience how long the parts of a start and the answer to a stop may take
 */
record HostStart(ShellTarget target, ShellLauncher launcher, RandomGenerator random, Patience patience) {
    /** How long a host may take: to say that it listens, to load its modules, to say that it stopped a call. */
    record Patience(Duration ready, Duration modules, Duration stop) {
        /** A module of the size of SkypeForBusiness takes a minute to load on a slow machine. */
        static final Patience USUAL = new Patience(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofSeconds(5));
    }

    /** A host that waits for calls, or why there is none. */
    sealed interface Opened {
        /** It waits. */
        record Open(HostSession session) implements Opened {}

        /** There is none. */
        record Closed(Failure failure) implements Opened {}
    }

    /** Starts one, unless somebody wants to stop meanwhile. */
    Opened start(Limits limits) {
        Bootstrap bootstrap = Bootstrap.draw(random);
        ShellLink link;
        try {
            link = launcher.launch(target.program(), bootstrap.arguments());
        } catch (IOException e) {
            return new Opened.Closed(HostFailure.noProgram(target, e.getMessage()));
        }
        HostSession session = new HostSession(link, bootstrap.nonce(), patience.stop());
        Optional<Failure> failure = open(session, bootstrap, limits);
        if (failure.isPresent()) {
            session.close();
            return new Opened.Closed(failure.get());
        }
        return new Opened.Open(session);
    }

    private Optional<Failure> open(HostSession session, Bootstrap bootstrap, Limits limits) {
        HostLine greeting = session.greet(bootstrap.script(), bounded(limits, patience.ready()));
        if (!(greeting instanceof HostLine.Ready)) {
            return Optional.of(HostFailure.notReady(target, greeting, session.lastWords()));
        }
        HostLine end = session.call(opening(), bounded(limits, patience.modules()));
        if (!(end instanceof HostLine.Answered answer)) {
            return Optional.of(unanswered(end, session.lastWords()));
        }
        return answer.body().path("ok").asBoolean(false)
                ? Optional.empty()
                : Optional.of(HostFailure.notOpened(target, answer.body()));
    }

    private Failure unanswered(HostLine end, List<String> lastWords) {
        boolean late = end instanceof HostLine.Stop stop && stop.reason() == HostLine.Reason.TIMEOUT;
        return late && target.remote().isPresent()
                ? RemoteFailure.late(target.remote().get(), lastWords)
                : HostFailure.notReady(target, end, lastWords);
    }

    private ObjectNode opening() {
        ArrayNode names = JsonNodeFactory.instance.arrayNode();
        target.modules().forEach(names::add);
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("op", "open").set("modules", names);
        target.remote().ifPresent(remote -> request.set("remote", RemoteRequest.of(remote)));
        return request;
    }

    private static Limits bounded(Limits limits, Duration most) {
        return new Limits(Optional.of(most), limits.cancellation(), limits.progress());
    }
}
