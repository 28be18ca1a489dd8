@NullMarked
package io.cnishift.engine.owner;

import org.jspecify.annotations.NullMarked;
