#pragma once

#include <sys/types.h>

#include <string>
#include <utility>
#include <vector>

/// Processes of other programs, and how to end them with all that they have started.
namespace indoubt::reality {

/// Whom a server runs as. Root gives its rights up; anybody else stays who they are.
struct User {
  uid_t uid = 0;
  gid_t gid = 0;
  std::string name{};
};

/// `name` if there is such a user and this is root, otherwise `nobody`, or whoever this is.
User server_user(const std::string& name);
/// Makes a folder of that user.
void make_folder(const std::string& path, const User& user);

using Environment = std::vector<std::pair<std::string, std::string>>;

/// Starts a program with its output in a file. It gets SIGKILL when the thread that started it is
/// gone. Throws std::runtime_error if it cannot be started.
pid_t spawn(const std::vector<std::string>& arguments, const User& user,
            const Environment& environment, const std::string& output);
/// Runs a program to its end, and throws std::runtime_error if that is not 0.
void run(const std::vector<std::string>& arguments, const User& user,
         const Environment& environment, const std::string& output);

/// Whether a process that this one started still runs; takes its exit code if it does not.
bool is_running(pid_t process);
/// Waits for a process that this one started, and returns what `waitpid` says of it. Throws
/// Interrupted.
int await(pid_t process);

/// All processes that descend from this one, without those that have ended.
std::vector<pid_t> descendants(pid_t ancestor);
/// Kills a process with all that descend from it, and returns when they are gone.
void kill_tree(pid_t process);
/// Kills all descendants of this process, and theirs, until there are none.
void kill_descendants();

/// Somebody has asked this program to stop. What waits throws it, so that destructors run.
struct Interrupted {};
/// From now on SIGINT, SIGTERM and SIGHUP ask to stop instead of stopping.
void catch_signals();
bool is_interrupted();
/// Throws Interrupted if somebody has asked to stop.
void go_on();
/// Sleeps for so many milliseconds. Throws Interrupted.
void pause_for(int milliseconds);

}  // namespace indoubt::reality
