package io.cnishift.simulator.front;

import io.cnishift.api.Finding;
import io.cnishift.api.act.Act;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.Port;
import io.cnishift.api.port.Question;
import io.cnishift.api.port.Reading;
import io.cnishift.api.port.World;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Source;
import io.cnishift.engine.codec.Style;
import io.cnishift.simulator.Trees;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * The ports of a simulated cluster as a client in another process uses them: what goes in and comes out are the engine's own
 * records. Kubernetes acts are refused here, for they have an API of their own to go to.
 *
 * <p>One client at a time: who asks for changes gets those from then on, and nobody else does any more. To be used in a turn
 * only.
 */
final class RemotePorts {

    private final World world;
    private final Codec codec = Told.codec();
    private Queue<Change> changes = new ArrayDeque<>();

    RemotePorts(World world) {
        this.world = world;
    }

    /** Answers what the clock does not. */
    Reply answer(String what, ApiCall call) {
        return switch (call.method() + " " + what) {
            case "POST watch" -> watch(parts(call));
            case "POST read" -> reply(Told.class, Told.of(read(parts(call))));
            case "POST before" -> Reply.ok(Trees.of("before", elsewhere(call, Port::before)));
            case "POST perform" -> reply(ActResult.class, elsewhere(call, Port::perform));
            case "POST check" ->
                Reply.ok(elsewhere(call, Port::check)
                        .map(said -> Map.<String, Object>of("said", tree(ActResult.class, said)))
                        .orElse(Map.of()));
            case "POST ask" -> reply(Answer.class, world.reach().ask(body(Question.class, call)));
            case "POST owners" -> {
                world.owners().ask(body(Act.class, call));
                yield Reply.ok(Map.of());
            }
            case "GET world" ->
                Reply.ok(Trees.of(
                        "violations",
                        world.violations().get().stream()
                                .map(v -> tree(Finding.class, v))
                                .toList(),
                        "notModelled",
                        world.notModelled().get(),
                        "injected",
                        world.injected().get()));
            default -> throw Refusals.noSuchResource();
        };
    }

    /** Whether something of what is watched has changed since the changes were last taken. */
    boolean changed() {
        return !changes.isEmpty();
    }

    /** The changes since they were last taken. */
    Map<String, Object> taken() {
        Told told = Told.of(changes);
        changes.clear();
        return tree(Told.class, told);
    }

    private Reply watch(Set<Part> parts) {
        Queue<Change> fresh = new ArrayDeque<>();
        changes = fresh;
        world.ports()
                .forEach(port -> port.watch(parts, change -> {
                    // what the client before this one asked for still comes, and is for nobody
                    if (changes == fresh) {
                        fresh.add(change);
                    }
                }));
        return Reply.ok(Map.of());
    }

    private Reading read(Set<Part> parts) {
        Reading all = new Reading(List.of(), List.of());
        for (Port port : world.ports()) {
            all = all.and(port.read(parts));
        }
        return all;
    }

    private <T> T elsewhere(ApiCall call, BiFunction<Port, Act, T> asked) {
        Act act = body(Act.class, call);
        if (act.api() == Act.Api.KUBERNETES) {
            throw Refusals.badRequest(
                    "an act on Kubernetes goes to the Kubernetes API at the same address: " + act.target());
        }
        return asked.apply(world.port(act), act);
    }

    private static Set<Part> parts(ApiCall call) {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        for (String name : call.parameter("parts").orElse("").split(",", -1)) {
            Optional<Part> part = List.of(Part.values()).stream()
                    .filter(p -> p.toString().equals(name))
                    .findFirst();
            parts.add(part.orElseThrow(() -> Refusals.badRequest("parts: '" + name + "' is no part of a cluster")));
        }
        return parts;
    }

    private <T> T body(Class<T> type, ApiCall call) {
        return codec.read(type, Source.text("body", call.body()))
                .orElseThrow(problems -> Refusals.badRequest(problems.get(0).toString()));
    }

    private <T> Reply reply(Class<T> type, T value) {
        return Reply.ok(tree(type, value));
    }

    @SuppressWarnings("unchecked")
    private <T> Map<String, Object> tree(Class<T> type, T value) {
        return (Map<String, Object>) Objects.requireNonNull(codec.toTree(type, value, Style.DOCUMENT));
    }
}
