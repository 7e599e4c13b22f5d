package dev.tapwright.server;

import dev.tapwright.compiler.target.LiveTarget;
import dev.tapwright.server.protocol.TapwrightClient;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;

/** The language server as a process of its own: {@code stap --language-server}. */
public final class LanguageServerMain {
  /**
   * The library tells of everything that it finds odd with a stack trace. What matters we answer or
   * log ourselves.
   */
  private static final Logger LIBRARY_LOGGER = Logger.getLogger("org.eclipse.lsp4j");

  private LanguageServerMain() {}

  /** Serves standard input and output, and ends the process. */
  public static void main(String[] arguments) {
    System.exit(serveStandardStreams());
  }

  /** Serves standard input and output until the client has gone; gives the exit status. */
  static int serveStandardStreams() {
    // From here on nothing but messages may be written there.
    OutputStream output =
        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16);
    System.setOut(System.err);
    TapwrightLanguageServer server = newServer();
    // Also when the process is told to end by a signal, no run goes on and no file stays.
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    return serve(server, new BufferedInputStream(new FileInputStream(FileDescriptor.in)), output);
  }

  private static TapwrightLanguageServer newServer() {
    return new TapwrightLanguageServer(new DriverCompiler(), LiveTarget::open);
  }

  /** Serves a client until it has gone; gives the exit status. */
  public static int serve(InputStream input, OutputStream output) {
    return serve(newServer(), input, output);
  }

  /** Serves a client until it has gone; gives the exit status. */
  static int serve(TapwrightLanguageServer server, InputStream input, OutputStream output) {
    ExecutorService reader =
        Executors.newCachedThreadPool(
            task -> Thread.ofPlatform().daemon().name("messages").unstarted(task));
    Launcher<TapwrightClient> launcher = launcher(server, input, output, reader);
    server.connect(launcher.getRemoteProxy());
    CompletableFuture<Integer> inputEnded =
        CompletableFuture.supplyAsync(() -> listen(launcher, server), reader);
    int status = server.exitStatus().applyToEither(inputEnded, given -> given).join();
    server.close();
    reader.shutdownNow();
    return status;
  }

  private static int listen(Launcher<TapwrightClient> launcher, TapwrightLanguageServer server) {
    try {
      launcher.startListening().get();
    } catch (java.util.concurrent.ExecutionException e) {
      System.err.println("stap: the client cannot be understood: " + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return server.exitStatusNow();
  }

  private static Launcher<TapwrightClient> launcher(
      TapwrightLanguageServer server,
      InputStream input,
      OutputStream output,
      ExecutorService reader) {
    LIBRARY_LOGGER.setLevel(Level.OFF);
    return new Launcher.Builder<TapwrightClient>()
        .setLocalService(server)
        .setRemoteInterface(TapwrightClient.class)
        .setInput(input)
        .setOutput(output)
        .setExecutorService(reader)
        .setExceptionHandler(LanguageServerMain::answerToFault)
        .create();
  }

  private static ResponseError answerToFault(Throwable fault) {
    Throwable cause = fault;
    while (cause != null) {
      if (cause instanceof ResponseErrorException expected) {
        return expected.getResponseError();
      }
      cause = cause.getCause();
    }
    return new ResponseError(ResponseErrorCode.InternalError, Faults.describe(fault), null);
  }
}
