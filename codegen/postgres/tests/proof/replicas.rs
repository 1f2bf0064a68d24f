//! Processes of this program that are killed and paused.

use std::process::Stdio;
use std::time::Duration;

use tokio::process::{Child, Command};

use super::chance::Chance;

/// Replicas of one kind, each with its own environment; one that died is started again.
pub struct Replicas {
    kind: &'static str,
    environments: Vec<Vec<(&'static str, String)>>,
    children: Vec<Child>,
    pub kills: u32,
    pub pauses: u32,
}

impl Replicas {
    pub fn start(kind: &'static str, environments: Vec<Vec<(&'static str, String)>>) -> Self {
        let children = environments.iter().map(|environment| spawn(kind, environment)).collect();
        Self { kind, environments, children, kills: 0, pauses: 0 }
    }

    /// Kills one of them, and starts it again.
    pub async fn kill_one(&mut self, chance: &mut Chance) {
        let which = self.draw(chance);
        self.children[which].kill().await.expect("it can be killed");
        self.children[which] = spawn(self.kind, &self.environments[which]);
        self.kills += 1;
    }

    /// Stops one of them for a time (`SIGSTOP`), in the middle of whatever it does, and lets it go on.
    pub async fn pause_one(&mut self, chance: &mut Chance, time: Duration) {
        let which = self.draw(chance);
        let Some(id) = self.children[which].id() else { return };
        signal("-STOP", id).await;
        tokio::time::sleep(time).await;
        signal("-CONT", id).await;
        self.pauses += 1;
    }

    /// Starts those again that ended by themselves; gives how many.
    pub fn start_again(&mut self) -> u32 {
        let mut ended = 0;
        for (child, environment) in self.children.iter_mut().zip(&self.environments) {
            if !matches!(child.try_wait(), Ok(None)) {
                *child = spawn(self.kind, environment);
                ended += 1;
            }
        }
        ended
    }

    /// A replica ends when it is killed, and not by itself.
    pub fn assert_alive(&mut self) {
        for child in &mut self.children {
            assert!(matches!(child.try_wait(), Ok(None)), "a replica ended by itself");
        }
    }

    fn draw(&self, chance: &mut Chance) -> usize {
        usize::try_from(chance.below(self.children.len() as u64)).expect("a few")
    }
}

fn spawn(kind: &str, environment: &[(&'static str, String)]) -> Child {
    let program = std::env::current_exe().expect("this program");
    // It ends with this process: its standard input does.
    let mut command = Command::new(program);
    command.arg(format!("replica-{kind}")).stdin(Stdio::piped()).kill_on_drop(true);
    command.envs(environment.iter().map(|(name, value)| (name, value))).spawn().expect("a replica")
}

async fn signal(signal: &str, id: u32) {
    let status = Command::new("kill").arg(signal).arg(id.to_string()).status().await;
    assert!(status.is_ok_and(|status| status.success()), "kill {signal}");
}

/// What the parent told a replica.
pub fn told(name: &str) -> String {
    std::env::var(name).expect("what the parent tells")
}

/// Completes when the parent is gone.
pub async fn orphaned() {
    use tokio::io::AsyncReadExt;
    let _ = tokio::io::stdin().read_u8().await;
}
