/**
 * How the engine reaches a cluster: ports, questions, time. Called by the engine alone; strategies and handlers see only
 * {@link io.cnishift.api.port.Progress}, {@link io.cnishift.api.port.Question} and
 * {@link io.cnishift.api.port.Answer}.
 */
@NullMarked
package io.cnishift.api.port;

import org.jspecify.annotations.NullMarked;
