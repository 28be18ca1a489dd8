package io.cnishift.api.step;

import java.util.Map;

/**
 * Switches aws-node to another way of giving addresses by its environment variables, and waits until it has rolled: prefixes,
 * custom networking. Nodes that start from then on come up in that mode. On the way back this step therefore goes before any roll
 * of nodes, so that old nodes come back in the mode that they had.
 *
 * @param env an empty value removes the variable
 */
public record SetVpcCniMode(Map<String, String> env) {

    public SetVpcCniMode {
        env = Map.copyOf(env);
    }
}
