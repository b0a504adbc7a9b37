// The footer is a web component with a closed shadow root.
customElements.define("site-footer", class extends HTMLElement {
  connectedCallback() {
    this.attachShadow({ mode: "closed" }).innerHTML = `
      <style>
        div { border-top: 1px solid #ccc; padding: 20px; text-align: center; font-size: 14px; color: #475569; }
        a { color: inherit; }
      </style>
      <div>
        <p>深度合成服务算法备案号：<a href="https://beian.cac.gov.cn/#/index">网信算备110114914115601240021号</a></p>
        <p>模型名称：听澜语音大模型　备案号：Beijing-TingLanYuYin-202407229019</p>
        <p><a href="https://beian.miit.gov.cn/">京ICP备2021999019号-4</a></p>
      </div>`;
  }
});
